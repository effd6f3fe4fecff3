package io.mailban.report;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import java.util.Optional;

/**
 * What a report takes for one device: a mailbox at an address.
 *
 * @param mailbox empty where no line names it
 */
public record Device(Address address, Optional<Mailbox> mailbox) {}
