/** The rules of Mailban: no I/O, no SDK. */
module io.mailban.core {
    requires static org.jspecify;

    exports io.mailban.access;
    exports io.mailban.alert;
    exports io.mailban.approval;
    exports io.mailban.audit;
    exports io.mailban.ban;
    exports io.mailban.bot;
    exports io.mailban.chat;
    exports io.mailban.diagnosis;
    exports io.mailban.examination;
    exports io.mailban.exemption;
    exports io.mailban.fail2ban;
    exports io.mailban.history;
    exports io.mailban.known;
    exports io.mailban.logtime;
    exports io.mailban.maillog;
    exports io.mailban.mailserver;
    exports io.mailban.privacy;
    exports io.mailban.reply;
    exports io.mailban.report;
    exports io.mailban.restraint;
}
