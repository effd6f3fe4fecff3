package io.mailban.chat;

import io.mailban.ban.Address;
import io.mailban.ban.AddressReading;
import io.mailban.ban.BannedId;
import io.mailban.ban.Mailbox;
import io.mailban.ban.Network;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a word means that is to be an address, a network or a mailbox. What looks like an address is never taken for a
 * mailbox, or a slip of the pen would be answered by "no trace". Pure.
 */
sealed interface Subject {
    /** An address, also where it was copied with its port or as a network of one. */
    record OfAddress(Address address) implements Subject {}

    /** A network of more than one address. */
    record OfNetwork(Network network) implements Subject {}

    /** A login name. */
    record OfMailbox(Mailbox mailbox) implements Subject {}

    /** None of these; {@code why} is one sentence. */
    record Unclear(String why) implements Subject {}

    /** Reads one word. */
    static Subject of(String word) {
        return SubjectReader.read(word);
    }
}

/** Reads it. */
final class SubjectReader {
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|.*:.*");
    private static final Pattern MAILBOX = Pattern.compile("[^\\s/@]+(@[^\\s/@]+)?");

    /** As connections are written in logs: {@code 203.0.113.7:25}, {@code [2001:db8::7]:993}. */
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+|\\[[0-9a-fA-F:.]+])(?::[0-9]{1,5})");

    /** Ways to write an IPv4 address that only some programs read: {@code 0xcb007107}, {@code 0xcb.0.0x71.7}. */
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-f]+(?:\\.(?:0x)?[0-9a-f]+)*");

    private SubjectReader() {}

    static Subject read(String word) {
        Matcher port = WITH_PORT.matcher(word);
        String bare = port.matches() ? port.group(1) : word;
        Optional<Network> network = Network.find(bare);
        if (network.isPresent()) {
            return BannedId.of(bare) instanceof Address only
                    ? new Subject.OfAddress(only)
                    : new Subject.OfNetwork(network.get());
        }
        int colon = bare.indexOf(':');
        if (colon > 0 && Address.find(bare.substring(0, colon)).isPresent()) {
            return new Subject.Unclear(word + ": write the address alone, " + bare.substring(0, colon));
        }
        if (NUMBERS.matcher(bare).matches()) {
            return switch (AddressReading.of(bare)) {
                case AddressReading.Read(var address) -> new Subject.OfAddress(address);
                case AddressReading.Refused(var why) -> new Subject.Unclear(why);
            };
        }
        String plain = Normalizer.normalize(bare, Normalizer.Form.NFKC);
        if (!plain.equals(bare) && NUMBERS.matcher(plain).matches()) {
            return new Subject.Unclear(word + ": an address is written with the digits 0 to 9, such as " + plain);
        }
        if (HEXADECIMAL.matcher(bare.toLowerCase(Locale.ROOT)).matches()) {
            return new Subject.Unclear(
                    word + ": an IPv4 address is written in four decimal numbers, such as 203.0.113.7");
        }
        return MAILBOX.matcher(bare).matches()
                ? new Subject.OfMailbox(new Mailbox(bare))
                : new Subject.Unclear(
                        word + " is neither an address nor a mailbox, such as 203.0.113.7 or bob@example.org");
    }
}
