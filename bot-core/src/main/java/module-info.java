/** The rules of Mailban: no I/O, no SDK. */
module io.mailban.core {
    requires static org.jspecify;

    exports io.mailban.ban;
}
