package io.mailban.chat;

import io.mailban.ban.Address;
import io.mailban.ban.AddressReading;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import java.time.Duration;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code exempt} and {@code read-only}. Pure; thread-safe. */
final class RestraintParser {
    private final ServerNames servers;

    RestraintParser(ServerNames servers) {
        this.servers = servers;
    }

    /** {@code exempt ADDRESS DURATION [SERVER] [REASON]}, {@code exempt end ADDRESS [SERVER]}. */
    Command exempt(Deque<String> words) {
        if (words.isEmpty()) {
            return new Command.Misread("exempt what, and for how long? Such as: exempt 203.0.113.7 2d the new printer");
        }
        if (words.getFirst().equalsIgnoreCase("end")) {
            words.removeFirst();
            return end(words);
        }
        String text = words.removeFirst();
        if (Network.find(text).isPresent()) {
            return new Command.Misread(text + " is a network; exempt takes one address, since a network is everybody's"
                    + " in it: ignoreip in jail.local is the place for one that is yours");
        }
        Address address;
        switch (AddressReading.of(text)) {
            case AddressReading.Refused(var why) -> {
                return new Command.Misread(why);
            }
            case AddressReading.Read(var read) -> address = read;
        }
        if (words.isEmpty()) {
            return new Command.Misread("exempt " + address + " for how long? Such as: exempt " + address + " 2d");
        }
        String span = words.removeFirst();
        Optional<Duration> length = TimeSpan.find(span).filter(Duration::isPositive);
        if (length.isEmpty()) {
            return new Command.Misread(span + " is no duration, such as 10m, 1h30m or 2d");
        }
        Optional<ServerName> server = words.isEmpty() ? Optional.empty() : servers.find(words.getFirst());
        server.ifPresent(_ -> words.removeFirst());
        String reason = String.join(" ", words);
        return new Command.Exempt(
                address, length.get(), server, reason.isBlank() ? Optional.empty() : Optional.of(reason));
    }

    private Command end(Deque<String> words) {
        if (words.isEmpty()) {
            return new Command.Misread("exempt end takes an address; exemptions lists them");
        }
        String text = words.removeFirst();
        return switch (AddressReading.of(text)) {
            case AddressReading.Refused(var why) -> new Command.Misread(why);
            case AddressReading.Read(var _)
            when words.size() > 1 ->
                new Command.Misread(
                        "“" + String.join(" ", words) + "” is too much; the command is: exempt end <address> [server]");
            case AddressReading.Read(var address)
            when words.isEmpty() -> new Command.EndExemption(address, Optional.empty());
            case AddressReading.Read(var address) ->
                servers.find(words.getFirst())
                        .<Command>map(server -> new Command.EndExemption(address, Optional.of(server)))
                        .orElseGet(() -> new Command.Misread(servers.unknown(words.getFirst())));
        };
    }

    /** {@code read-only [on|off]}. */
    static Command readOnly(Deque<String> words) {
        String text = String.join(" ", words);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> new Command.ReadOnly(Command.ReadOnly.Turn.SHOW);
            case "on" -> new Command.ReadOnly(Command.ReadOnly.Turn.ON);
            case "off" -> new Command.ReadOnly(Command.ReadOnly.Turn.OFF);
            default -> new Command.Misread("read-only " + text + ": on, off or nothing was expected");
        };
    }
}
