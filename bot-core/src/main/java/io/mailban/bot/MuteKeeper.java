package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.alert.Mute;
import io.mailban.alert.Mutes;
import io.mailban.alert.Topic;
import io.mailban.alert.TopicName;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Jail;
import io.mailban.chat.ServerNames;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps a jail or a server quiet for a while; who may has been asked before. Thread-safe. */
public record MuteKeeper(Mutes mutes, MailServers servers, InstantSource clock) {

    /** What came of muting. */
    public sealed interface Muting {
        /**
         * It is quiet.
         *
         * @param before the mute in whose place it stands
         */
        record Muted(Mute mute, Optional<Mute> before) implements Muting {}

        /** Nothing is muted for so short or so long: ask for another duration. */
        record OutOfBounds(Duration asked) implements Muting {}

        /** A jail and a server have that name: ask which. */
        record Ambiguous(TopicName name) implements Muting {}

        /**
         * There is none, or none was found.
         *
         * @param silent who could not be asked for their jails
         */
        record Unknown(TopicName name, List<BanListing> silent) implements Muting {}
    }

    /** What came of ending a mute. */
    public sealed interface Unmuting {
        /** These are over: one, or two where a jail and a server have the same name. */
        record Unmuted(List<Mute> ended) implements Unmuting {}

        /** None of that name stands. */
        record NoneStands(TopicName name) implements Unmuting {}
    }

    /** Mutes for a while, from now on. Asks the servers for their jails, so that it may take until their deadline. */
    public Muting mute(TopicName name, Duration length, Person by) {
        if (!Mute.isAllowed(length)) {
            return new Muting.OutOfBounds(length);
        }
        return switch (name.kind()) {
            case SERVER -> muted(server(name), List.of(), name, length, by);
            case JAIL -> muted(Optional.empty(), jails(), name, length, by);
            case EITHER -> muted(server(name), jails(), name, length, by);
        };
    }

    /** Ends a mute before its time. */
    public Unmuting unmute(TopicName name, Person by) {
        Instant now = clock.instant();
        List<Mute> ended = mutes.standing(now).stream()
                .map(Mute::topic)
                .filter(name::fits)
                .flatMap(topic -> mutes.unmute(topic, now, entry(now, by, Act.UNMUTED, topic.toString())).stream())
                .toList();
        return ended.isEmpty() ? new Unmuting.NoneStands(name) : new Unmuting.Unmuted(ended);
    }

    /** What is quiet now. */
    public List<Mute> standing() {
        return mutes.standing(clock.instant());
    }

    private Muting muted(
            Optional<Topic> server, Collection<Description> asked, TopicName name, Duration length, Person by) {
        Optional<Topic> jail = jail(asked, name);
        if (server.isPresent() && jail.isPresent()) {
            return new Muting.Ambiguous(name);
        }
        return server.or(() -> jail)
                .map(topic -> muted(topic, length, by))
                .orElseGet(() -> new Muting.Unknown(name, silent(asked)));
    }

    private Muting muted(Topic topic, Duration length, Person by) {
        Instant now = clock.instant();
        Mute mute = new Mute(topic, now, now.plus(length), by);
        return new Muting.Muted(mute, mutes.mute(mute, entry(now, by, Act.MUTED, topic + " until " + mute.until())));
    }

    private Optional<Topic> server(TopicName name) {
        return new ServerNames(servers.names()).find(name.word()).map(Topic.OfServer::new);
    }

    private Collection<Description> jails() {
        return Everywhere.ask(servers.names(), servers::describe).values();
    }

    /** To the letter if there is one, or else in capitals or not: phones write the first letter as they like. */
    private static Optional<Topic> jail(Collection<Description> asked, TopicName name) {
        List<Jail> alike = new ArrayList<>();
        for (Description description : asked) {
            if (description instanceof Description.Described described) {
                described.jails().stream()
                        .map(settings -> settings.jail())
                        .filter(jail -> jail.name().equalsIgnoreCase(name.word()))
                        .forEach(alike::add);
            }
        }
        return alike.stream()
                .filter(jail -> jail.name().equals(name.word()))
                .findFirst()
                .or(() -> alike.stream().sorted().findFirst())
                .map(Topic.OfJail::new);
    }

    private static List<BanListing> silent(Collection<Description> asked) {
        return asked.stream()
                .<BanListing>mapMulti((description, next) -> {
                    switch (description) {
                        case Description.Described _ -> {}
                        case Fail2banSilent quiet -> next.accept(quiet);
                        case Unreachable away -> next.accept(away);
                    }
                })
                .toList();
    }

    private static AuditEntry entry(Instant now, Person by, Act act, String result) {
        return new AuditEntry(now, by, act, "", Optional.empty(), List.of(), "", result);
    }
}
