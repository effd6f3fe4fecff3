package io.mailban.ban;

import java.time.Instant;
import java.util.Optional;

/**
 * A ban that stands: a jail holds an id.
 *
 * @param jail the jail that holds it
 * @param id what is banned: the address itself, or a network around it
 * @param since when it began; empty where fail2ban did not say
 * @param until when it ends by itself; empty where it never does, or fail2ban did not say
 */
public record Ban(Jail jail, BannedId id, Optional<Instant> since, Optional<Instant> until) {}
