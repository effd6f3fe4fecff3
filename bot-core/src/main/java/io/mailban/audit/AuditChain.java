package io.mailban.audit;

import java.util.List;
import java.util.Optional;

/**
 * The audit log as what it is kept as: entries each of which covers, by its hash, the one before. Thread-safe; what one
 * call reads is the log at one moment.
 */
public interface AuditChain {
    /** The newest links, oldest first, at most so many; the whole chain begins behind {@link ChainLink#BEGINNING}. */
    Links newestLinks(int most);

    /** Checks the whole chain, and what is kept beside it. {@code noted} is a head that was written down elsewhere. */
    ChainVerdict verify(Optional<String> noted);

    /**
     * Links one after another.
     *
     * @param previous the hash before the first of them
     */
    record Links(String previous, List<ChainLink> links) {
        /** Copies the list. */
        public Links {
            links = List.copyOf(links);
        }
    }
}
