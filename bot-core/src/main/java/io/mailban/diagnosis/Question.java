package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;

/** What was asked about. */
public sealed interface Question {
    /** Why can't this address get in? */
    record OfAddress(Address address) implements Question {
        @Override
        public String toString() {
            return address.text();
        }
    }

    /** Why can't the owner of this mailbox? */
    record OfMailbox(Mailbox mailbox) implements Question {
        @Override
        public String toString() {
            return mailbox.name();
        }
    }
}
