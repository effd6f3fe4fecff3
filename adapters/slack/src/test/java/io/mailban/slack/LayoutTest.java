package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Naming;
import io.mailban.chat.Span;
import io.mailban.chat.Span.Moment.Style;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LayoutTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T21:40:09Z");
    private static final Address ADDRESS = Address.find("203.0.113.7").orElseThrow();
    private static final Optional<ServerName> MAIL1 = Optional.of(new ServerName("mail1"));

    /** The answer to {@code check} as UX shows it. */
    static Card check() {
        return new Card(
                Tone.TROUBLE,
                List.of(
                        new Span.Words("203.0.113.7 can't reach mail1: banned since "),
                        new Span.Moment(SINCE, Style.MINUTE),
                        new Span.Words(", until "),
                        new Span.Moment(SINCE.plusSeconds(3600), Style.MINUTE)),
                List.of(
                        new Fact("jail", List.of(new Span.Code("postfix-sasl"))),
                        new Fact(
                                "because",
                                List.of(
                                        new Span.Words("3 wrong SMTP passwords for "),
                                        new Span.Name(new Mailbox("bob@example.org")),
                                        new Span.Words(" in 2 min, the last at "),
                                        new Span.Moment(SINCE, Style.SECOND),
                                        new Span.Words("; it looks like one stale password"))),
                        new Fact(
                                "blocks",
                                List.of(
                                        new Span.Words(
                                                "25 110 143 465 587 993 995: IMAP too; the client is refused and never asks for a password"))),
                        new Fact(
                                "whose",
                                List.of(
                                        new Span.Name(new Mailbox("bob@example.org")),
                                        new Span.Words("'s: 212 good logins since "),
                                        new Span.Moment(Instant.parse("2026-11-03T08:00:00Z"), Style.DAY),
                                        new Span.Words(", nobody else's"))),
                        new Fact(
                                "mail",
                                List.of(
                                        new Span.Words("last delivered to "),
                                        new Span.Name(new Mailbox("bob@example.org")),
                                        new Span.Words(" "),
                                        new Span.Moment(SINCE.minusSeconds(12), Style.AGO),
                                        new Span.Words("; it keeps arriving, nothing is lost"))),
                        new Fact(
                                "will run",
                                List.of(new Span.Code("fail2ban-client set postfix-sasl unbanip 203.0.113.7")))),
                List.of(
                        new Button("Request unban", new CardAction.RequestUnban(ADDRESS, MAIL1)),
                        new Button("Show log lines", new CardAction.ShowLines(ADDRESS, MAIL1))));
    }

    @Test
    void theAnswerToCheckLeadsWithItsVerdict() {
        Page page = Layout.pages(check(), Naming.MASKED).getFirst();
        assertThat(page.text()).startsWith("🟠 203.0.113.7 can't reach mail1");
    }
}
