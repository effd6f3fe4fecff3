package io.mailban.approval;

import io.mailban.access.Person;
import java.time.Instant;

/** Somebody's name under a request: who said yes, or asked for the same, and when. */
public record Signature(Person by, Instant at) {}
