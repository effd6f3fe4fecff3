package io.mailban.reply;

import io.mailban.ban.Mailbox;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.privacy.Erasure;
import java.util.List;

/** Writes what was erased. Pure. */
final class ErasureWriter {
    private ErasureWriter() {}

    static String inWords(Erasure erasure) {
        return Phrase.count(erasure.auditValues(), "value", "values") + " of the audit log, "
                + Phrase.count(erasure.requestTexts(), "text of requests", "texts of requests") + ", "
                + Phrase.count(erasure.evidence(), "piece of evidence", "pieces of evidence");
    }

    static Card forgotten(Mailbox mailbox, Erasure erasure) {
        return new Card(
                Tone.GOOD,
                erasure.total() == 0
                        ? new Phrase()
                                .name(mailbox)
                                .words(" stood nowhere in the store")
                                .spans()
                        : new Phrase().name(mailbox).words(" is forgotten").spans(),
                List.of(
                        new Fact("erased", Phrase.of(inWords(erasure)).spans()),
                        new Fact(
                                "not here",
                                Phrase.of(
                                                "the mail servers' own logs, messages in chat, exports and backups of the store,"
                                                        + " and the prompt's history keep what they have")
                                        .spans())),
                List.of());
    }
}
