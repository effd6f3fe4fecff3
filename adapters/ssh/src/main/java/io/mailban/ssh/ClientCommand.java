package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A question or an order to fail2ban, as the words after {@code fail2ban-client}. Made of typed values only; action
 * names and property names are those that fail2ban itself listed.
 *
 * @param words none holds a line break or any other control character
 */
record ClientCommand(List<String> words) {
    ClientCommand {
        words = List.copyOf(words);
        for (String word : words) {
            if (word.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a word for fail2ban is one line of text");
            }
        }
    }

    private static ClientCommand of(String... words) {
        return new ClientCommand(List.of(words));
    }

    static ClientCommand version() {
        return of("version");
    }

    static ClientCommand echo(String mark) {
        return of("echo", mark);
    }

    static ClientCommand banned() {
        return of("banned");
    }

    static ClientCommand status() {
        return of("status");
    }

    static ClientCommand status(Jail jail) {
        return of("status", jail.name());
    }

    static ClientCommand bansWithTime(Jail jail) {
        return of("get", jail.name(), "banip", "--with-time");
    }

    /** A setting of a jail: {@code maxretry}, {@code logpath}. */
    static ClientCommand get(Jail jail, String setting) {
        return of("get", jail.name(), setting);
    }

    static ClientCommand ignored(Jail jail) {
        return get(jail, "ignoreip");
    }

    /** A property of an action: {@code actionban}, {@code blocktype}. */
    static ClientCommand get(Jail jail, String action, String property) {
        return of("get", jail.name(), "action", action, property);
    }

    static ClientCommand logTarget() {
        return of("get", "logtarget");
    }

    static ClientCommand lift(Jail jail, Address address) {
        return liftText(jail, address);
    }

    static ClientCommand lift(Jail jail, Network network) {
        return liftText(jail, network);
    }

    private static ClientCommand liftText(Jail jail, BannedId id) {
        return of("set", jail.name(), "unbanip", id.text());
    }

    static ClientCommand ignore(Jail jail, Address address) {
        return of("set", jail.name(), "addignoreip", address.text());
    }

    static ClientCommand heed(Jail jail, Address address) {
        return of("set", jail.name(), "delignoreip", address.text());
    }

    /** As a line for {@code fail2ban-client -i}, which splits it with Python's {@code shlex.split}: as a shell would. */
    String interactiveLine() {
        return words.stream().map(RemoteCommand::quoted).collect(Collectors.joining(" "));
    }
}
