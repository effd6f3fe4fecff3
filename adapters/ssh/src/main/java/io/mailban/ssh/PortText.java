package io.mailban.ssh;

import io.mailban.mailserver.JailSettings.Closes;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads the property {@code port} of a fail2ban action: {@code smtp,465,submission,imap}, {@code 0:65535}, {@code
 * 1000:1010}; names are those of {@code /etc/services}.
 */
final class PortText {
    private static final int HIGHEST = 65_535;

    /** Longer lists of ports than this are as good as everything, and no card could show them. */
    private static final int MOST = 1000;

    private static final Map<String, Integer> SERVICES = Map.ofEntries(
            Map.entry("ftp", 21),
            Map.entry("ssh", 22),
            Map.entry("smtp", 25),
            Map.entry("mail", 25),
            Map.entry("domain", 53),
            Map.entry("http", 80),
            Map.entry("pop3", 110),
            Map.entry("pop-3", 110),
            Map.entry("imap", 143),
            Map.entry("imap2", 143),
            Map.entry("https", 443),
            Map.entry("smtps", 465),
            Map.entry("ssmtp", 465),
            Map.entry("submissions", 465),
            Map.entry("urd", 465),
            Map.entry("submission", 587),
            Map.entry("imaps", 993),
            Map.entry("pop3s", 995),
            Map.entry("sieve", 4190));

    private PortText() {}

    static Closes read(String text) {
        TreeSet<Integer> ports = new TreeSet<>();
        for (String part : text.split("[,\\s]+", -1)) {
            int colon = part.indexOf(':');
            int first = port(colon < 0 ? part : part.substring(0, colon));
            int last = colon < 0 ? first : port(part.substring(colon + 1));
            if (part.equals("any") || part.equals("all") || (first <= 1 && first >= 0 && last == HIGHEST)) {
                return new Closes.Everything();
            }
            for (int port = first; first >= 0 && port <= last && ports.size() <= MOST; port++) {
                ports.add(port);
            }
        }
        if (ports.size() > MOST) {
            return new Closes.Everything();
        }
        return ports.isEmpty() ? new Closes.NothingKnown() : new Closes.Ports(List.copyOf(ports));
    }

    /** The port that a number or a name means; -1 where none is known. */
    private static int port(String text) {
        Integer known = SERVICES.get(text);
        if (known != null) {
            return known;
        }
        try {
            int number = Integer.parseInt(text);
            return number > HIGHEST ? -1 : number;
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
