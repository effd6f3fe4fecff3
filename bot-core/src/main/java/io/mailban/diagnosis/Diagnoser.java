package io.mailban.diagnosis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import io.mailban.ban.Address;
import io.mailban.ban.AddressScope;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Finding.Delivery;
import io.mailban.fail2ban.LogEvent;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.TroubleKind;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.mailserver.Unreachable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Explains why an address can't get in. Pure: the same observation and time give the same findings. Thread-safe. */
public final class Diagnoser {
    private final Recognizer recognizer;

    /** Recognizes users by these rules. */
    public Diagnoser(Recognizer recognizer) {
        this.recognizer = recognizer;
    }

    /** What one server's answers mean for an address. */
    public Diagnosis.OfServer explain(Address address, Observation seen, Instant now) {
        if (seen.bans() instanceof Unreachable(ServerName _, var obstacle)) {
            return new Diagnosis.OfServer(seen.server(), List.of(new Finding.ServerUnreachable(obstacle)), List.of());
        }
        Case inHand = new Case(address, seen, recognizer.recognize(address, seen.lines(), now), now);
        List<Finding> findings = new ArrayList<>();
        switch (seen.bans()) {
            case BanListing.Standing(var bans) -> inHand.addBans(bans, findings);
            case Fail2banSilent(ServerName _, var cause, var words) ->
                findings.add(new Finding.Fail2banDown(cause, words));
            case Unreachable _ -> throw new IllegalStateException("answered above");
        }
        inHand.addOthers(findings);
        return new Diagnosis.OfServer(seen.server(), findings, seen.lines());
    }

    /** One address on one server. */
    private record Case(Address address, Observation seen, Whose whose, Instant now) {

        void addBans(List<Ban> bans, List<Finding> findings) {
            List<Ban> own = bans.stream()
                    .filter(ban -> ban.id().equals(address))
                    .sorted(Comparator.comparing((Ban ban) -> ban.since().orElse(Instant.MAX))
                            .thenComparing(Ban::jail))
                    .toList();
            if (!own.isEmpty()) {
                BanCause cause = new Causes(address, seen).of(own.getFirst());
                findings.add(new Finding.Banned(address, own, cause, closedBy(own), whose, delivery()));
            }
            for (Ban ban : bans) {
                if (ban.id() instanceof Network network && network.contains(address)) {
                    findings.add(new Finding.CoveredByNetwork(address, network, ban, closedBy(List.of(ban)), whose));
                }
            }
        }

        void addOthers(List<Finding> findings) {
            boolean banned = findings.stream().anyMatch(Finding.Banned.class::isInstance);
            if (address.scope() != AddressScope.PUBLIC) {
                findings.add(new Finding.NotPublic(address, address.scope()));
            }
            addExemptions(findings);
            addNotDelivering(findings);
            if (!banned) {
                // Whether something is "not banned yet" is only known where the bans are.
                if (standingKnown()) {
                    addFailing(findings);
                }
                addGettingInOrEnded(findings);
            }
            addSilence(findings);
        }

        private void addExemptions(List<Finding> findings) {
            Set<Jail> jails = settings()
                    .filter(jail -> jail.exempts(address))
                    .map(JailSettings::jail)
                    .collect(toCollection(TreeSet::new));
            if (!jails.isEmpty()) {
                findings.add(new Finding.Exempt(address, jails));
            }
        }

        private void addNotDelivering(List<Finding> findings) {
            Map<Mailbox, List<Trace.OfMail>> byMailbox = deliveries()
                    .collect(groupingBy(trace -> recipientOf(trace).orElseThrow(), LinkedHashMap::new, toList()));
            byMailbox.forEach((mailbox, traces) -> {
                Trace.OfMail newest = traces.getLast();
                if (newest.event() instanceof MailEvent.Trouble) {
                    Optional<Instant> delivered = traces.stream()
                            .filter(trace -> trace.event() instanceof MailEvent.Delivered)
                            .map(Trace::at)
                            .max(Instant::compareTo);
                    findings.add(new Finding.NotDelivering(mailbox, newest.at(), delivered));
                }
            });
        }

        private void addFailing(List<Finding> findings) {
            Map<Jail, List<Trace.OfFail2ban>> found = fail2ban()
                    .filter(trace -> trace.event() instanceof LogEvent.Found failure
                            && failure.escalation().isEmpty())
                    .collect(groupingBy(trace -> ((LogEvent.Found) trace.event()).jail()));
            settings().filter(jail -> !jail.exempts(address)).forEach(jail -> {
                Instant from = max(now.minus(jail.findTime()), lastBanOrLift(jail.jail()));
                List<Trace.OfFail2ban> recent = found.getOrDefault(jail.jail(), List.of()).stream()
                        .filter(trace -> trace.at().isAfter(from))
                        .toList();
                boolean inSince = !recent.isEmpty()
                        && lastLogin()
                                .filter(login ->
                                        login.at().isAfter(recent.getLast().at()))
                                .isPresent();
                // Recidive counts bans: the one that just ended is no failure of now, the next to last is worth a word.
                boolean early = jail.jail().equals(Jail.RECIDIVE) && recent.size() < jail.maxRetry() - 1;
                if (!recent.isEmpty() && !inSince && !early) {
                    BanCause cause = new Causes(address, seen)
                            .within(
                                    recent.getFirst().at().minusSeconds(2),
                                    recent.getLast().at().plusSeconds(2))
                            .orElse(new BanCause.OtherLines(
                                    recent.size(), recent.getLast().at()));
                    findings.add(new Finding.Failing(
                            address, jail.jail(), recent.size(), jail.maxRetry(), jail.findTime(), cause, whose));
                }
            });
        }

        private Instant lastBanOrLift(Jail jail) {
            return fail2ban()
                    .filter(trace -> trace.event() instanceof LogEvent.OfJail event
                            && event.jail().equals(jail)
                            && (event instanceof LogEvent.Banned || event instanceof LogEvent.Unbanned))
                    .map(Trace::at)
                    .max(Instant::compareTo)
                    .orElse(Instant.MIN);
        }

        private void addGettingInOrEnded(List<Finding> findings) {
            Optional<Trace.OfFail2ban> ended = fail2ban()
                    .filter(trace -> trace.event() instanceof LogEvent.Unbanned)
                    .reduce((_, later) -> later);
            Optional<Trace.OfMail> login = lastLogin();
            boolean failing = findings.stream().anyMatch(Finding.Failing.class::isInstance);
            if (login.isPresent()
                    && !failing
                    && ended.map(Trace::at)
                            .orElse(Instant.MIN)
                            .isBefore(login.get().at())) {
                MailEvent.Login event = (MailEvent.Login) login.get().event();
                findings.add(
                        new Finding.GettingIn(address, login.get().at(), event.mailbox(), event.protocol(), whose));
            } else if (ended.isPresent() && standingKnown()) {
                findings.add(new Finding.BanEnded(
                        address,
                        ((LogEvent.Unbanned) ended.get().event()).jail(),
                        ended.get().at()));
            }
        }

        private void addSilence(List<Finding> findings) {
            if (!(seen.traces() instanceof Tracing.Traced(var traces, var mailLog, var banLog))) {
                return;
            }
            List<Horizon> unread = Stream.of(mailLog, banLog)
                    .filter(log -> log.fault().isPresent())
                    .toList();
            if (!unread.isEmpty()) {
                findings.add(new Finding.LogsUnread(unread));
            } else if (findings.isEmpty()
                    || (traces.isEmpty() && findings.stream().allMatch(Finding.Exempt.class::isInstance))) {
                findings.add(new Finding.NoTrace(new Question.OfAddress(address), mailLog, banLog));
            }
        }

        private boolean standingKnown() {
            return seen.bans() instanceof BanListing.Standing;
        }

        private Stream<JailSettings> settings() {
            return seen.description() instanceof Description.Described described
                    ? described.jails().stream()
                    : Stream.empty();
        }

        private Closes closedBy(List<Ban> bans) {
            Set<Jail> jails = bans.stream().map(Ban::jail).collect(toCollection(TreeSet::new));
            Set<Integer> ports = new TreeSet<>();
            for (JailSettings jail :
                    settings().filter(jail -> jails.contains(jail.jail())).toList()) {
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

        private Optional<Delivery> delivery() {
            return deliveries()
                    .filter(trace -> trace.event() instanceof MailEvent.Delivered)
                    .max(Comparator.comparing(Trace.OfMail::at))
                    .map(trace -> new Delivery(recipientOf(trace).orElseThrow(), trace.at()));
        }

        private Stream<Trace.OfMail> deliveries() {
            return mail(seen.deliveries() instanceof Tracing.Traced traced ? traced.traces() : List.of())
                    .filter(trace -> recipientOf(trace).isPresent());
        }

        private Optional<Trace.OfMail> lastLogin() {
            return mail(seen.lines())
                    .filter(trace -> trace.event() instanceof MailEvent.Login login
                            && login.address().equals(Optional.of(address)))
                    .max(Comparator.comparing(Trace.OfMail::at));
        }

        private Stream<Trace.OfFail2ban> fail2ban() {
            return seen.lines().stream()
                    .filter(Trace.OfFail2ban.class::isInstance)
                    .map(Trace.OfFail2ban.class::cast)
                    .filter(trace ->
                            trace.event() instanceof LogEvent.OfId of && of.id().equals(address));
        }

        private static Stream<Trace.OfMail> mail(List<Trace> traces) {
            return traces.stream().filter(Trace.OfMail.class::isInstance).map(Trace.OfMail.class::cast);
        }

        private static Optional<Mailbox> recipientOf(Trace.OfMail trace) {
            return switch (trace.event()) {
                case MailEvent.Delivered delivered -> Optional.of(delivered.recipient());
                case MailEvent.Trouble trouble when trouble.kind() == TroubleKind.NOT_DELIVERED -> trouble.mailbox();
                case MailEvent.Trouble _, MailEvent.Login _, MailEvent.AuthFailure _ -> Optional.empty();
            };
        }

        private static Instant max(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }
}
