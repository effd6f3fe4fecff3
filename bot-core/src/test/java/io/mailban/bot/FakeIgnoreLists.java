package io.mailban.bot;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Exempting;
import io.mailban.mailserver.IgnoreListing;
import io.mailban.mailserver.Ignoring;
import io.mailban.mailserver.Unreachable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The lists of those never banned, in memory; a server that is down in {@link FakeServers} is down here too. */
public final class FakeIgnoreLists implements Exempting {
    private final FakeServers servers;
    private final Map<ServerName, Map<Jail, List<BannedId>>> lists = new TreeMap<>();
    private Optional<String> refusal = Optional.empty();

    public FakeIgnoreLists(FakeServers servers) {
        this.servers = servers;
        servers.names().forEach(name -> lists.put(name, new TreeMap<>()));
    }

    /** A jail that runs, with these entries. */
    public synchronized FakeIgnoreLists jail(String server, String jail, String... entries) {
        on(new ServerName(server))
                .put(
                        new Jail(jail),
                        new ArrayList<>(Arrays.stream(entries).map(BannedId::of).toList()));
        return this;
    }

    public synchronized void stopJail(String server, String jail) {
        on(new ServerName(server)).remove(new Jail(jail));
    }

    /** From now on fail2ban refuses to change any list. */
    public synchronized void refuse(String words) {
        refusal = Optional.of(words);
    }

    public synchronized List<String> ignoredBy(String server, String jail) {
        return on(new ServerName(server)).getOrDefault(new Jail(jail), List.of()).stream()
                .map(BannedId::text)
                .toList();
    }

    @Override
    public synchronized IgnoreListing ignored(ServerName server) {
        return servers.bans(server) instanceof Unreachable down ? down : new IgnoreListing.Listed(on(server));
    }

    @Override
    public synchronized Ignoring ignore(ServerName server, Jail jail, Address address) {
        if (servers.bans(server) instanceof Unreachable down) {
            return down;
        }
        if (refusal.isPresent()) {
            return new Ignoring.NotChanged(refusal.get());
        }
        List<BannedId> entries = on(server).get(jail);
        if (entries == null) {
            return new Ignoring.NotChanged("Sorry but the jail '" + jail + "' does not exist");
        }
        if (entries.stream().anyMatch(entry -> entry.covers(address))) {
            return new Ignoring.StoodAlready();
        }
        entries.add(address);
        return new Ignoring.Changed();
    }

    @Override
    public synchronized Ignoring heed(ServerName server, Jail jail, Address address) {
        if (servers.bans(server) instanceof Unreachable down) {
            return down;
        }
        return on(server).getOrDefault(jail, new ArrayList<>()).remove(address)
                ? new Ignoring.Changed()
                : new Ignoring.NotThere();
    }

    private Map<Jail, List<BannedId>> on(ServerName server) {
        return Objects.requireNonNull(lists.get(server), server.name());
    }
}
