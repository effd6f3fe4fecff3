package io.mailban.chat;

import io.mailban.alert.TopicName;
import io.mailban.alert.TopicName.Kind;
import java.time.Duration;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code mute}. Which jails there are only servers know. Pure. */
final class MuteParser {
    private MuteParser() {}

    /** {@code mute [[jail|server] NAME DURATION]}, {@code mute end [jail|server] NAME}. */
    static Command mute(Deque<String> words) {
        if (words.isEmpty()) {
            return new Command.Mutes();
        }
        if (words.getFirst().equalsIgnoreCase("end")) {
            words.removeFirst();
            return end(words);
        }
        TopicName name = name(words, 3);
        if (words.isEmpty()) {
            return new Command.Misread("mute " + name + " for how long? Such as: mute " + name + " 2h");
        }
        String span = words.removeFirst();
        Optional<Duration> length = TimeSpan.find(span).filter(Duration::isPositive);
        if (length.isEmpty()) {
            return new Command.Misread(span + " is no duration, such as 10m, 1h30m or 2d");
        }
        return CommandParser.nothingMore(
                words, "mute <jail or server> <duration>", new Command.Mute(name, length.get()));
    }

    private static Command end(Deque<String> words) {
        if (words.isEmpty()) {
            return new Command.Misread("mute end takes a jail or a server; mute lists those that are quiet");
        }
        TopicName name = name(words, 2);
        return CommandParser.nothingMore(words, "mute end <jail or server>", new Command.EndMute(name));
    }

    /** A jail may be called "server": the first word says the kind only where a name and all the rest are there as well. */
    private static TopicName name(Deque<String> words, int whole) {
        Kind kind = words.size() < whole
                ? Kind.EITHER
                : switch (words.getFirst().toLowerCase(Locale.ROOT)) {
                    case "jail" -> Kind.JAIL;
                    case "server" -> Kind.SERVER;
                    default -> Kind.EITHER;
                };
        if (kind != Kind.EITHER) {
            words.removeFirst();
        }
        return new TopicName(words.removeFirst(), kind);
    }
}
