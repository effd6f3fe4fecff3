package io.mailban.slack;

import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;

/** What goes wrong with the next call of a method. */
public sealed interface Mishap {
    /** The connection breaks. */
    record Broken(Fault fault) implements Mishap {}

    /** An HTTP status without a body that could be read. */
    record Status(int status) implements Mishap {}

    /** 429, as Slack limits rates. */
    record Limited(Duration retryAfter) implements Mishap {}

    /** The answer is right, and late. */
    record Slow(Duration by) implements Mishap {}

    /** What is done is done, and the connection breaks before the answer. */
    record DoneThenBroken(Fault fault) implements Mishap {}

    /** One of Slack's words. */
    record Refused(String error) implements Mishap {}
}
