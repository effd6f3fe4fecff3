package io.mailban.slack;

import io.mailban.chat.Span;
import java.util.List;

/** Spans as a screen reader says them: words without markup, mailboxes in full. */
final class Said {
    private Said() {}

    static String of(List<Span> spans) {
        StringBuilder said = new StringBuilder();
        for (Span span : spans) {
            said.append(
                    switch (span) {
                        case Span.Words(var text) -> text;
                        case Span.Code(var text) -> text;
                        case Span.Moment moment -> Moments.plain(moment);
                        case Span.Someone(var person) -> "@" + person.name();
                        case Span.Name(var mailbox) -> mailbox.name();
                    });
        }
        return said.toString();
    }
}
