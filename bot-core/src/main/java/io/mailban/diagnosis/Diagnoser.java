package io.mailban.diagnosis;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Address;
import io.mailban.ban.AddressScope;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.mailserver.Unreachable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

    /** Whose the address is, by these lines. */
    public Whose whose(Address address, List<Trace> lines, Instant now) {
        return recognizer.recognize(address, lines, now);
    }

    /** Whose each of these addresses is, by lines about all of them. */
    public Map<Address, Whose> whose(Set<Address> addresses, List<Trace> lines, Instant now) {
        Map<Address, List<Trace>> byAddress = new HashMap<>();
        lines.forEach(line -> Scene.client(line)
                .filter(addresses::contains)
                .ifPresent(address -> byAddress
                        .computeIfAbsent(address, _ -> new ArrayList<>())
                        .add(line)));
        Map<Address, Whose> whose = new HashMap<>();
        addresses.forEach(address ->
                whose.put(address, whose(address, byAddress.getOrDefault(address, List.of()), now)));
        return whose;
    }

    /** The mailboxes whose other lines can explain more of this address: its owner's, and names without a domain. */
    public Set<Mailbox> mailboxesToFollow(Address address, Tracing traces, Instant now) {
        List<Trace> lines = traces.found();
        Whose whose = whose(address, lines, now);
        Set<Mailbox> mailboxes = new TreeSet<>();
        Neighbours.ownerOf(whose).ifPresent(mailboxes::add);
        if (!(whose instanceof Whose.Suspicious)) {
            mailboxes.addAll(Attempts.bareNames(Failure.of(address, lines), now));
        }
        return mailboxes;
    }

    /** What one server's answers mean for an address, its neighbours unasked. */
    public Diagnosis.OfServer explain(Address address, Observation seen, Instant now) {
        return explain(address, seen, Neighbours.none(), now);
    }

    /** What one server's answers mean for an address. */
    public Diagnosis.OfServer explain(Address address, Observation seen, Neighbours neighbours, Instant now) {
        if (seen.bans() instanceof Unreachable(ServerName _, var obstacle)) {
            return new Diagnosis.OfServer(
                    seen.server(), List.of(new Finding.ServerUnreachable(obstacle, Optional.empty())), List.of());
        }
        Scene scene = new Scene(address, seen, whose(address, seen.lines(), now), now);
        List<Finding> findings = new ArrayList<>();
        Attempts attempts = new Attempts(scene);
        Troubles troubles = new Troubles(scene);
        attempts.guessThatWorked().ifPresent(findings::add);
        switch (seen.bans()) {
            case BanListing.Standing _ -> findings.addAll(new Bans(scene).findings(troubles.delivery()));
            case Fail2banSilent(ServerName _, var cause, var words) ->
                findings.add(new Finding.Fail2banDown(cause, words));
            case Unreachable _ -> throw new IllegalStateException("answered above");
        }
        boolean banned = findings.stream().anyMatch(Finding.Banned.class::isInstance);
        findings.addAll(new Firewalls(scene).findings());
        findings.addAll(neighbours.siblings(scene, recognizer));
        attempts.signInAgain().filter(_ -> !banned).ifPresent(findings::add);
        findings.addAll(attempts.withoutDomain(neighbours));
        findings.addAll(troubles.ofAddress());
        findings.addAll(troubles.ofMailboxes());
        if (address.scope() != AddressScope.PUBLIC && !banned) {
            findings.add(new Finding.NotPublic(address, address.scope()));
        }
        exempt(scene).ifPresent(findings::add);
        if (!banned) {
            // Whether something is "not banned yet" is only known where the bans are.
            if (scene.standingKnown()) {
                findings.addAll(attempts.failing());
            }
            attempts.loginsFail(findings).ifPresent(findings::add);
            attempts.gettingInOrEnded(findings).ifPresent(findings::add);
        }
        silence(scene, findings).ifPresent(findings::add);
        return new Diagnosis.OfServer(seen.server(), findings, seen.lines());
    }

    private static Optional<Finding> exempt(Scene scene) {
        Set<Jail> jails = scene.settings()
                .filter(jail -> jail.exempts(scene.address()))
                .map(JailSettings::jail)
                .collect(toCollection(TreeSet::new));
        return jails.isEmpty() ? Optional.empty() : Optional.of(new Finding.Exempt(scene.address(), jails));
    }

    private static Optional<Finding> silence(Scene scene, List<Finding> sofar) {
        if (scene.seen().traces() instanceof Unreachable(ServerName _, var obstacle)) {
            // It went away between two questions: no jail holds the address, and nothing more is known.
            return Optional.of(obstacle)
                    .filter(_ -> sofar.isEmpty())
                    .map(away -> new Finding.ServerUnreachable(away, Optional.empty()));
        }
        if (!(scene.seen().traces() instanceof Tracing.Traced(var traces, var mailLog, var banLog))) {
            return Optional.empty();
        }
        List<Horizon> unread = Stream.of(mailLog, banLog)
                .filter(log -> log.fault().isPresent())
                .toList();
        if (!unread.isEmpty()) {
            return Optional.of(new Finding.LogsUnread(unread));
        }
        boolean quiet = traces.stream()
                .allMatch(trace -> trace instanceof Trace.OfMail mail
                        && (mail.event() instanceof MailEvent.Connected || mail.event() instanceof MailEvent.Rejected));
        boolean untold = sofar.isEmpty() || (quiet && sofar.stream().allMatch(Finding.Exempt.class::isInstance));
        return untold
                ? new Attempts(scene)
                        .onlyConnects()
                        .or(() -> Optional.of(
                                new Finding.NoTrace(new Question.OfAddress(scene.address()), mailLog, banLog)))
                : Optional.empty();
    }
}
