package io.mailban.examination;

/** One thing that was examined, and what came of it. */
public sealed interface Check {

    /** What was examined. */
    Subject subject();

    /** What is examined, in the order of dependence. */
    enum Subject {
        LOGIN,
        FAIL2BAN,
        JAILS,
        BAN_LOG,
        MAIL_LOG,
        CLOCK,
        ACCESS,
        BOT_TOKEN,
        SCOPES,
        WORKSPACE,
        APP_TOKEN,
        LISTENING,
        CHANNEL,
        PERSON,
        GROUP,
        ROLES
    }

    /** It is as it should be. */
    record Well(Subject subject, Good good) implements Check {}

    /** It works, and could be better. */
    record Hint(Subject subject, Flaw flaw) implements Check {}

    /** It has to be mended. */
    record Fault(Subject subject, Flaw flaw) implements Check {}

    /** It was tried, and nothing can be said. */
    record NotTold(Subject subject, Flaw flaw) implements Check {}

    /** It was not tried, since something that it depends on failed. */
    record NotTried(Subject subject, Subject because) implements Check {}
}
