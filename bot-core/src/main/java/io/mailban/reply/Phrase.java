package io.mailban.reply;

import io.mailban.access.Person;
import io.mailban.ban.Mailbox;
import io.mailban.chat.Span;
import io.mailban.chat.Span.Moment.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A sentence in the making. Not thread-safe. */
final class Phrase {
    /** Also in brackets, and behind {@code mailto:}; a mention, {@code @carol}, has nothing before its sign. */
    private static final Pattern MAILBOX = Pattern.compile(
            "[^\\s\\p{Cntrl}@<>()\\[\\]{},;:/=\"'“”„‘’«»`]+@[^\\s\\p{Cntrl}@<>()\\[\\]{},;:/=\"'“”„‘’«»`.!?…]+"
                    + "(?:\\.[^\\s\\p{Cntrl}@<>()\\[\\]{},;:/=\"'“”„‘’«»`.!?…]+)*");

    private final List<Span> spans = new ArrayList<>();

    static Phrase of(String words) {
        return new Phrase().words(words);
    }

    Phrase words(String words) {
        if (!words.isEmpty()) {
            spans.add(new Span.Words(words));
        }
        return this;
    }

    Phrase code(String code) {
        spans.add(new Span.Code(code));
        return this;
    }

    Phrase at(Instant at, Style style) {
        spans.add(new Span.Moment(at, style));
        return this;
    }

    Phrase someone(Person person) {
        spans.add(new Span.Someone(person));
        return this;
    }

    Phrase name(Mailbox mailbox) {
        spans.add(new Span.Name(mailbox));
        return this;
    }

    /** {@code a, b and c}; of more than four the first three, and how many more. */
    Phrase names(Collection<Mailbox> mailboxes) {
        int shown = mailboxes.size() > 4 ? 3 : mailboxes.size();
        Iterator<Mailbox> all = mailboxes.stream().sorted().iterator();
        for (int i = 0; i < shown; i++) {
            if (i > 0) {
                words(i == mailboxes.size() - 1 ? " and " : ", ");
            }
            name(all.next());
        }
        return shown < mailboxes.size() ? words(" and " + (mailboxes.size() - shown) + " more") : this;
    }

    /** Somebody's own words, in quotes. */
    Phrase quoted(String text) {
        return words("“").told(text).words("”");
    }

    /** What people wrote; a mailbox in it is named like any other, since it may be read by those who see masked names. */
    Phrase told(String text) {
        int end = 0;
        for (MatchResult mailbox : MAILBOX.matcher(text).results().toList()) {
            words(text.substring(end, mailbox.start())).name(new Mailbox(mailbox.group()));
            end = mailbox.end();
        }
        return words(text.substring(end));
    }

    Phrase add(Phrase other) {
        spans.addAll(other.spans);
        return this;
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    /** {@code 1 login}, {@code 3 logins}. */
    static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** {@code 3 412}: digits in threes, set apart. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /** A length of time in its one largest unit: {@code 2 min}, {@code 1 h}, {@code 7 days}. */
    static String lasting(Duration time) {
        long seconds = Math.max(time.toSeconds(), 0);
        if (seconds < 100) {
            return seconds + " s";
        }
        if (seconds < 100 * 60) {
            return Math.round(seconds / 60.0) + " min";
        }
        if (seconds < 48 * 3600) {
            return Math.round(seconds / 3600.0) + " h";
        }
        return Math.round(seconds / 86400.0) + " days";
    }
}
