package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Mailbox;
import io.mailban.privacy.Erasure;
import io.mailban.reply.ReplyWriter;
import java.util.List;
import java.util.Optional;

/** Erases a mailbox's name for good, once somebody has confirmed it. */
record Forgetting(Desk desk, Caller caller, Errand errand, Answers answers) {

    Exit forget(Mailbox mailbox) {
        if (!isSure(mailbox)) {
            return answers.misuse(
                    "nothing was erased, since nobody confirmed it: mailban forget " + mailbox + " --yes");
        }
        Erasure erasure = desk.eraser()
                .forget(
                        mailbox,
                        erased -> new AuditEntry(
                                desk.clock().instant(),
                                caller.person(),
                                Act.FORGOTTEN,
                                "",
                                Optional.empty(),
                                List.of(),
                                "",
                                "a mailbox: " + ReplyWriter.erased(erased)));
        return answers.give(
                ReplyWriter.forgotten(mailbox, erasure),
                () -> JsonNodeFactory.instance
                        .objectNode()
                        .put("outcome", "forgotten")
                        .put("audit_values", erasure.auditValues())
                        .put("request_texts", erasure.requestTexts())
                        .put("evidence", erasure.evidence()),
                Exit.FINE);
    }

    private boolean isSure(Mailbox mailbox) {
        return switch (errand.consent()) {
            case GIVEN -> true;
            case ASK -> answers.isAgreed("Erase " + mailbox + " from all that Mailban keeps, for good?");
        };
    }
}
