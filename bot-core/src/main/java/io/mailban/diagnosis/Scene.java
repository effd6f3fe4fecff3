package io.mailban.diagnosis;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.fail2ban.LogEvent;
import io.mailban.known.Whose;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.JailSettings.Manner;
import io.mailban.mailserver.Trace;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One address on one server, and how to look at what the server said about it. */
record Scene(Address address, Observation seen, Whose whose, Instant now) {

    /** The bans that cover the address; none where fail2ban did not say. */
    List<Ban> bans() {
        return seen.bans() instanceof BanListing.Standing(var bans) ? bans : List.of();
    }

    boolean standingKnown() {
        return seen.bans() instanceof BanListing.Standing;
    }

    Stream<JailSettings> settings() {
        return seen.description() instanceof Description.Described described
                ? described.jails().stream()
                : Stream.empty();
    }

    Optional<JailSettings> settings(Jail jail) {
        return settings().filter(settings -> settings.jail().equals(jail)).findFirst();
    }

    /** What these jails together close. */
    Closes closedBy(Collection<Ban> bans) {
        Set<Integer> ports = new TreeSet<>();
        for (JailSettings jail : settingsOf(bans)) {
            switch (jail.closes()) {
                case Closes.Everything everything -> {
                    return everything;
                }
                case Closes.Ports(var more) -> ports.addAll(more);
                case Closes.NothingKnown _ -> {}
            }
        }
        return ports.isEmpty() ? new Closes.NothingKnown() : new Closes.Ports(List.copyOf(ports));
    }

    /** How these jails do it, where they agree. */
    Manner mannerOf(Collection<Ban> bans) {
        Set<Manner> manners = settingsOf(bans).stream()
                .map(JailSettings::manner)
                .collect(toCollection(() -> EnumSet.noneOf(Manner.class)));
        return manners.size() == 1 ? manners.iterator().next() : Manner.UNKNOWN;
    }

    private List<JailSettings> settingsOf(Collection<Ban> bans) {
        Set<Jail> jails = bans.stream().map(Ban::jail).collect(toCollection(TreeSet::new));
        return settings().filter(jail -> jails.contains(jail.jail())).toList();
    }

    /** What fail2ban's log says about exactly this address. */
    Stream<Trace.OfFail2ban> fail2ban() {
        return seen.lines().stream()
                .filter(Trace.OfFail2ban.class::isInstance)
                .map(Trace.OfFail2ban.class::cast)
                .filter(trace ->
                        trace.event() instanceof LogEvent.OfId of && of.id().equals(address));
    }

    Stream<Trace.OfMail> mail() {
        return mail(seen.lines());
    }

    static Stream<Trace.OfMail> mail(List<Trace> traces) {
        return traces.stream().filter(Trace.OfMail.class::isInstance).map(Trace.OfMail.class::cast);
    }

    /** The client that a line of the mail log is about. */
    static Optional<Address> client(Trace trace) {
        return trace instanceof Trace.OfMail mail ? mail.event().client() : Optional.empty();
    }

    List<Failure> failures() {
        return Failure.of(address, seen.lines());
    }

    Stream<Trace.OfMail> logins() {
        return mail().filter(trace -> trace.event() instanceof MailEvent.Login login
                && login.address().equals(Optional.of(address)));
    }

    Optional<Trace.OfMail> lastLogin() {
        return logins().max(Comparator.comparing(Trace.OfMail::at));
    }

    boolean loggedInSince(Instant instant) {
        return lastLogin().filter(login -> login.at().isAfter(instant)).isPresent();
    }
}
