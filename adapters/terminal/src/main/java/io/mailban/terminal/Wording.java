package io.mailban.terminal;

import io.mailban.chat.Span;
import io.mailban.chat.Span.Moment;
import io.mailban.chat.Visible;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Turns spans into text for one reader: every stranger's character made visible, every time in the reader's zone. */
record Wording(ZoneId zone, Instant now) {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    Line line(List<Span> spans) {
        return new Line(spans.stream().map(this::piece).toList());
    }

    /** As {@link #line}, in bold. */
    Line strongLine(List<Span> spans) {
        return new Line(spans.stream()
                .map(this::piece)
                .map(piece -> new Line.Piece(piece.text(), piece.face().strong()))
                .toList());
    }

    private Line.Piece piece(Span span) {
        return switch (span) {
            case Span.Words(var text) -> new Line.Piece(Visible.of(text), Face.WORDS);
            case Span.Code(var text) -> new Line.Piece(Visible.of(text), Face.CODE);
            case Moment moment -> new Line.Piece(time(moment), Face.WORDS);
            case Span.Someone(var person) -> new Line.Piece("@" + Visible.of(person.name()), Face.WORDS);
            case Span.Name(var mailbox) -> new Line.Piece(Visible.of(mailbox.name()), Face.WORDS);
        };
    }

    private String time(Moment moment) {
        ZonedDateTime at = moment.at().atZone(zone);
        return switch (moment.style()) {
            case MINUTE -> dayUnlessToday(at) + MINUTE.format(at);
            case SECOND -> dayUnlessToday(at) + SECOND.format(at);
            case DAY -> day(at);
            case AGO -> ago(Duration.between(moment.at(), now));
        };
    }

    private String dayUnlessToday(ZonedDateTime at) {
        return at.toLocalDate().equals(today()) ? "" : day(at) + " ";
    }

    private String day(ZonedDateTime at) {
        return (at.getYear() == today().getYear() ? DAY : YEAR).format(at);
    }

    private LocalDate today() {
        return now.atZone(zone).toLocalDate();
    }

    /** In the largest unit that leaves two of it or more; a server's clock that is ahead of ours says "just now". */
    private static String ago(Duration age) {
        if (age.toSeconds() < 1) {
            return "just now";
        }
        if (age.toSeconds() < 120) {
            return age.toSeconds() + " s ago";
        }
        if (age.toMinutes() < 120) {
            return age.toMinutes() + " min ago";
        }
        return age.toHours() < 48 ? age.toHours() + " h ago" : age.toDays() + " days ago";
    }
}
