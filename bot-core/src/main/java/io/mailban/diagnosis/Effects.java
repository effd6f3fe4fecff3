package io.mailban.diagnosis;

import io.mailban.ban.Ban;
import io.mailban.fail2ban.LogEvent;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.Service;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.JailSettings.Manner;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells whether a ban does what it should: whether the address came through since. */
record Effects(Scene scene) {
    /**
     * The firewall acts a moment after fail2ban says so, and Dovecot makes clients that fail wait up to 15 s for an
     * answer: what was under way when the ban began says nothing against it.
     */
    private static final Duration UNDER_WAY = Duration.ofSeconds(30);

    /** The ports by which a client may have come that the log only says "SMTP" or the like of. */
    private static final Map<Protocol, Set<Integer>> PORTS = Map.of(
            Protocol.SMTP, Set.of(25, 465, 587),
            Protocol.IMAP, Set.of(143, 993),
            Protocol.POP3, Set.of(110, 995),
            Protocol.SIEVE, Set.of(4190));

    /** Whether bans of exactly this address have an effect. */
    List<Mark> of(List<Ban> bans) {
        List<Passage> through =
                bans.stream().flatMap(ban -> passages(ban).stream()).distinct().toList();
        return through.isEmpty() ? List.of() : List.of(getsThrough(through));
    }

    /**
     * Whether the ban of a network has: fail2ban's own nftables actions can't hold one, since their sets are made without
     * intervals, up to 1.1.0 at least.
     */
    List<Mark> ofNetwork(Ban ban) {
        List<Mark> marks = new ArrayList<>();
        List<Passage> through = passages(ban);
        if (!through.isEmpty()) {
            marks.add(getsThrough(through));
        }
        boolean read = scene.mannerOf(List.of(ban)) != Manner.UNKNOWN
                && ban.since()
                        .filter(since -> since.isBefore(scene.now().minus(UNDER_WAY)))
                        .isPresent();
        if (read && scene.seen().firewall() instanceof FirewallSearch.Searched(var entries) && entries.isEmpty()) {
            marks.add(new Mark.NotInFirewall());
        }
        return marks;
    }

    private static Mark getsThrough(List<Passage> through) {
        Passage last = through.getLast();
        return new Mark.StillGetsThrough(through.size(), last.protocol(), last.at());
    }

    /** The address had to pass the firewall at this time, on one of this protocol's ports. */
    private record Passage(Instant at, Protocol protocol) {
        static Optional<Passage> of(Trace.OfMail trace) {
            return switch (trace.event()) {
                case MailEvent.Connected connected ->
                    Optional.of(new Passage(trace.at().minus(connected.open()), connected.protocol()));
                case MailEvent.Login login -> Optional.of(new Passage(trace.at(), login.protocol()));
                // Dovecot writes of failures when the connection ends, which can be long after the ban.
                case MailEvent.AuthFailure failure
                when failure.service() == Service.POSTFIX ->
                    failure.protocol().map(protocol -> new Passage(trace.at(), protocol));
                case MailEvent.AuthFailure _, MailEvent.Rejected _, MailEvent.Delivered _, MailEvent.Trouble _ ->
                    Optional.empty();
            };
        }
    }

    private List<Passage> passages(Ban ban) {
        Optional<Instant> from = inForceSince(ban);
        Closes closes = scene.closedBy(List.of(ban));
        if (from.isEmpty()) {
            return List.of();
        }
        return scene.mail()
                .filter(trace -> Scene.client(trace).equals(Optional.of(scene.address())))
                .flatMap(trace -> Passage.of(trace).stream())
                .filter(passage -> passage.at().isAfter(from.get().plus(UNDER_WAY)))
                .filter(passage -> closes(closes, passage.protocol()))
                .toList();
    }

    /** A login on a port that stays open is no sign that a ban has failed. */
    private static boolean closes(Closes closes, Protocol protocol) {
        return switch (closes) {
            case Closes.Everything _ -> true;
            case Closes.Ports(var ports) -> ports.containsAll(PORTS.getOrDefault(protocol, Set.of(0)));
            case Closes.NothingKnown _ -> false;
        };
    }

    /** Since when without a break: while fail2ban restarts, a ban is not in force. */
    private Optional<Instant> inForceSince(Ban ban) {
        Optional<Instant> restored = scene.seen().lines().stream()
                .filter(trace -> trace instanceof Trace.OfFail2ban of
                        && of.event() instanceof LogEvent.OfId event
                        && event.jail().equals(ban.jail())
                        && event.id().equals(ban.id())
                        && (event instanceof LogEvent.RestoredBan
                                || event instanceof LogEvent.Rebanned
                                || event instanceof LogEvent.Banned))
                .map(Trace::at)
                .max(Instant::compareTo);
        return ban.since().map(since -> restored.filter(since::isBefore).orElse(since));
    }
}
