package io.mailban.deploy;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.maillog.MailLineReader;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Evidencing.KeptBan;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.FirewallSearch.Entry;
import io.mailban.mailserver.Trace;
import io.mailban.sandbox.MailServer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real database and the real firewall of the sandbox's servers, read past SSH. */
record RecordsByExec(Function<ServerName, MailServer> servers) implements BanRecords {
    private static final String DATABASE = """
            import json, sqlite3, sys
            rows = sqlite3.connect('/var/lib/fail2ban/fail2ban.sqlite3').execute(
                'SELECT jail, timeofban, bantime, bancount, data FROM bips WHERE ip = ?', (sys.argv[1],))
            for jail, since, lasting, count, data in rows:
                data = json.loads(data)
                print('BAN', jail, since, lasting, data['failures'], count, sep='\\t')
                for match in data['matches']:
                    print('LINE', ''.join(match), sep='\\t')
            """;

    private static final Pattern SET = Pattern.compile("\\s*set (addr6?-set-(\\S+)) \\{");

    @Override
    public Evidencing evidence(ServerName server, Address address) {
        String out = servers.apply(server).exec("python3", "-c", DATABASE, address.text());
        List<KeptBan> bans = new ArrayList<>();
        for (String line : out.lines().toList().reversed()) {
            String[] fields = line.split("\t", 6);
            if (fields[0].equals("BAN")) {
                bans.add(new KeptBan(
                        new Jail(fields[1]),
                        BannedId.of(address.text()),
                        Instant.ofEpochSecond(Long.parseLong(fields[2])),
                        Optional.of(Duration.ofSeconds(Long.parseLong(fields[3]))),
                        Integer.parseInt(fields[4]),
                        Integer.parseInt(fields[5]),
                        linesOf(out, line)));
            }
        }
        return new Evidencing.Kept(bans);
    }

    private static List<Trace> linesOf(String out, String ban) {
        return out.lines()
                .dropWhile(line -> !line.equals(ban))
                .skip(1)
                .takeWhile(line -> line.startsWith("LINE\t"))
                .map(line -> line.substring("LINE\t".length()))
                .<Trace>flatMap(line -> MailLineReader.read(line).stream()
                        .flatMap(event -> event.at().instant(ZoneOffset.UTC, Instant.now()).stream()
                                .map(at -> new Trace.OfMail(at, event, line))))
                .toList();
    }

    @Override
    public FirewallSearch firewall(ServerName server, Address address) {
        Pattern word = Pattern.compile("(?<![0-9a-f.:])" + Pattern.quote(address.text()) + "(?![0-9a-f.:/])");
        List<Entry> entries = new ArrayList<>();
        Optional<Matcher> set = Optional.empty();
        for (String line :
                servers.apply(server).exec("nft", "list", "ruleset").lines().toList()) {
            Matcher matcher = SET.matcher(line);
            if (matcher.matches()) {
                set = Optional.of(matcher);
            } else if (set.isPresent() && word.matcher(line).find()) {
                entries.add(new Entry(
                        "nft inet f2b-table " + set.get().group(1),
                        Optional.of(new Jail(set.get().group(2)))));
            }
        }
        return new FirewallSearch.Searched(entries);
    }
}
