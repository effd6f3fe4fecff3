package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.approval.ApprovalId;
import io.mailban.chat.CardAction;
import io.mailban.chat.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetadataTest {
    private static final CardAction DENY = new CardAction.Deny(new ApprovalId("k7k7k7k7"));

    @ParameterizedTest
    @ValueSource(strings = {"C0MAIL", "D0ALICE", "C0MAIL/1763812800.000900"})
    void whatWasWrittenIsRead(String id) {
        Metadata metadata = new Metadata("U0ALICE", new Place("slack", id), DENY);
        assertThat(Metadata.find(metadata.text())).contains(metadata);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "2\nU0ALICE\nC0MAIL",
                "1\nC0MAIL\ndeny k7k7k7k7",
                "2\nC0MAIL\ndeny k7k7k7k7",
                "3\nU0ALICE\nC0MAIL\ndeny k7k7k7k7",
                "2\nU0ALICE\nC0MAIL\nnonsense",
                "2\nU0ALICE\nC0MAIL\ndeny k7k7k7k7\n",
                "2\nU0ALICE\n#general\ndeny k7k7k7k7",
                "2\nU0ALICE\nC0MAIL/../C0OTHER\ndeny k7k7k7k7",
                "2\nU0ALICE\nC0MAIL/\ndeny k7k7k7k7",
                "2\nU0ALICE\n\ndeny k7k7k7k7",
                "2\r\nU0ALICE\r\nC0MAIL\r\ndeny k7k7k7k7",
                "2\nU0ALICE\nC0MAIL\u202e\ndeny k7k7k7k7",
                "\u0000",
                "{\"place\":\"C0MAIL\"}"
            })
    void anythingElseIsNothing(String text) {
        assertThat(Metadata.find(text)).isEmpty();
    }

    @Test
    void nothingLongerThanSlackKeepsIsReadOrWritten() {
        assertThat(Metadata.find("2\nU0ALICE\nC0MAIL\ndeny k7k7k7k7 " + "x".repeat(3000)))
                .isEmpty();
        Metadata metadata = new Metadata("U0ALICE", new Place("slack", "x".repeat(3000)), DENY);
        assertThatThrownBy(metadata::text).hasMessageContaining("3000");
    }
}
