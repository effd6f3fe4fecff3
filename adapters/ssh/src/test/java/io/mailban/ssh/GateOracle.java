package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the gate may do, said a second time and in another language, to judge it by. */
final class GateOracle {
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8");
    private static final Set<String> JAILS = Set.of("postfix-sasl", "dovecot-invalid", "recidive");
    private static final Set<String> LOGS = Set.of(
            "",
            "/var/log/mail.log",
            "/var/log/maillog",
            "/var/log/mail",
            "/var/log/mail/mail.log",
            "/var/log/fail2ban.log",
            "/var/lib/fail2ban/fail2ban.sqlite3");

    /** Words are joined by NUL, which none can hold. */
    private static final String SEARCH = "\0[0-9A-Za-z]{1,64}\0\\d{1,11}\0\\d{1,3}\0\\d{1,8}\0-ai?F";

    private static final String PATH = "\0[^\0]*";
    private static final Pattern READER = Pattern.compile("traces" + SEARCH + "(\0(mail|ban)" + PATH + ")*"
            + "|deliveries" + SEARCH + "\0\\d{1,8}(" + PATH + ")*"
            + "|survey\0[0-9A-Za-z]{1,64}(" + PATH + ")*"
            + "|zone");
    private static final Pattern ROOT =
            Pattern.compile("evidence\0[0-9A-Za-z]{1,64}\0(/[^\0]+)\0([^\0]+)|firewall\0[0-9A-Za-z]{1,64}\0([^\0]+)");
    private static final String NAME = "[^-\0][^\0]{0,199}";
    private static final Pattern READING = Pattern.compile("version|ping|status|banned|echo\0[0-9A-Za-z]{1,64}"
            + "|status\0" + NAME
            + "|banned\0[0-9a-f:.]+"
            + "|get\0(logtarget|dbfile|syslogsocket|loglevel)"
            + "|get\0" + NAME + "\0(maxretry|findtime|bantime(\\.increment)?|ignoreip|ignoreself|logpath|journalmatch"
            + "|usedns|actions|banip(\0--with-time)?)"
            + "|get\0" + NAME + "\0action\0" + NAME + "\0(port|protocol|blocktype|type|chain|name)");

    private GateOracle() {}

    /** The standing client, as the gate starts it. */
    static boolean isClient(List<String> command, Set<String> environment) {
        return command.equals(List.of("fail2ban-client", "-i")) && environment.equals(ENVIRONMENT);
    }

    /** What the gate becomes for a verb: and whether it has given root up. */
    static boolean isScript(List<String> command, Set<String> environment, boolean dropped) {
        if (!command.getFirst().equals("/usr/local/sbin/mailban-logs") || !environment.equals(ENVIRONMENT)) {
            return false;
        }
        String line = String.join("\0", command.subList(1, command.size()));
        boolean named = Stream.of(line.split("\0", -1))
                .filter(word -> word.contains("/"))
                .allMatch(LOGS::contains);
        if (READER.matcher(line).matches()) {
            return named && dropped;
        }
        return ROOT.matcher(line).matches() && named && !dropped && isAddress(command.getLast());
    }

    /** A question to fail2ban. */
    static boolean isReading(List<String> words) {
        return READING.matcher(String.join("\0", words)).matches();
    }

    /** An order to fail2ban, of those that may be given; of networks only the one that is banned. */
    static boolean isOrder(List<String> words, String bannedNetwork) {
        if (words.size() != 4 || !words.getFirst().equals("set") || !JAILS.contains(words.get(1))) {
            return false;
        }
        String target = words.get(3);
        return switch (words.get(2)) {
            case "unbanip" ->
                isAddress(target)
                        || (target.equals(bannedNetwork) && words.get(1).equals("postfix-sasl"));
            case "addignoreip", "delignoreip" -> isAddress(target);
            default -> false;
        };
    }

    private static boolean isAddress(String word) {
        return BannedId.of(word) instanceof Address address && address.text().equals(word);
    }
}
