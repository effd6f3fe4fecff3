package io.mailban.ssh;

/** Where a log is on a server. */
sealed interface LogPlace {

    /** A file, which may have rotated ones beside it. */
    record InFile(String path) implements LogPlace {}

    /** systemd's journal. */
    record InJournal() implements LogPlace {}

    /** For people. */
    default String text() {
        return switch (this) {
            case InFile(var path) -> path;
            case InJournal _ -> "the journal";
        };
    }
}
