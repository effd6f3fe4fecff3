package io.mailban.reply;

import io.mailban.ban.Mailbox;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Sweeping.Volume;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.report.Report;
import io.mailban.report.Reporting;
import io.mailban.report.StaleDevice;
import io.mailban.report.StaleDevice.Standing;
import io.mailban.report.Why;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what fail2ban did to a server's own users. Pure. */
final class ReportWriter {
    /** A card is for reading; JSON has all of them. */
    private static final int MOST = 10;

    private ReportWriter() {}

    static Card write(Reporting reporting) {
        return switch (reporting) {
            case Reporting.NotTold(var why) ->
                new Card(
                        Tone.WARNING,
                        Phrase.of("what fail2ban did on " + why.server() + " could not be told")
                                .spans(),
                        ListWriter.silent(List.of(why)),
                        List.of());
            case Reporting.Told told -> told(told);
        };
    }

    private static Card told(Reporting.Told told) {
        Report report = told.report();
        List<Fact> facts = new ArrayList<>();
        if (told.description() instanceof Fail2banSilent silent) {
            facts.addAll(ListWriter.silent(List.of(silent)));
        }
        faults(report.mailLog(), facts);
        faults(report.banLog(), facts);
        if (!report.lockOuts().isEmpty()) {
            facts.add(fact("by jail", counts(report.byJail())));
            facts.add(fact(
                    "because",
                    Phrase.of(report.byCause().entrySet().stream()
                            .sorted(Map.Entry.<Why, Integer>comparingByValue().reversed())
                            .map(entry -> words(entry.getKey()) + " " + entry.getValue())
                            .collect(Collectors.joining(", ")))));
            devices(report.devices(), facts);
        }
        if (report.perhaps() > 0) {
            facts.add(fact(
                    "perhaps",
                    Phrase.of(Phrase.count(report.perhaps(), "more ban", "more bans")
                            + " of addresses with good logins on a single day")));
        }
        stale(report.stale(), facts);
        told(report, told.description(), facts);
        facts.add(fact("others", others(report.others())));
        facts.add(fact("read", read(told.volume(), report)));
        return new Card(tone(told), verdict(told).spans(), facts, List.of());
    }

    private static Tone tone(Reporting.Told told) {
        boolean unread = told.report().mailLog().fault().isPresent()
                || told.report().banLog().fault().isPresent();
        if (unread) {
            return Tone.WARNING;
        }
        return told.report().lockOuts().isEmpty() && told.report().stale().isEmpty() ? Tone.GOOD : Tone.TROUBLE;
    }

    private static Phrase verdict(Reporting.Told told) {
        Report report = told.report();
        String period = " in " + Phrase.lasting(Duration.between(report.from(), report.to()));
        int times = report.lockOuts().size();
        if (times == 0) {
            String but = report.stale().isEmpty() ? "" : ", but some devices keep failing";
            return Phrase.of(told.server() + ": fail2ban locked out no known user" + period + but);
        }
        long people = report.lockOuts().stream()
                .flatMap(lockOut -> lockOut.mailboxes().stream())
                .distinct()
                .count();
        return Phrase.of(told.server() + ": fail2ban locked out "
                + Phrase.count(Math.toIntExact(people), "known user", "known users") + " "
                + Phrase.count(times, "time", "times") + period + ", for " + Phrase.lasting(report.lasted())
                + " together");
    }

    private static Phrase counts(Map<?, Integer> counts) {
        Phrase phrase = new Phrase();
        boolean first = true;
        List<? extends Map.Entry<?, Integer>> sorted = counts.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<?, Integer> entry) -> -entry.getValue()))
                .toList();
        for (Map.Entry<?, Integer> entry : sorted) {
            phrase.words(first ? "" : ", ")
                    .code(entry.getKey().toString())
                    .words(" " + Phrase.count(entry.getValue(), "ban", "bans"));
            first = false;
        }
        return phrase;
    }

    private static void devices(List<Report.Total> devices, List<Fact> facts) {
        facts.add(fact(
                "devices",
                Phrase.of(Phrase.count(devices.size(), "device", "devices")
                        + " (a mailbox at an address), the longest:")));
        for (Report.Total total : devices.stream().limit(MOST).toList()) {
            Phrase line = device(total.device().mailbox())
                    .words(" at ")
                    .code(total.device().address().text())
                    .words(": " + Phrase.count(total.lockOuts(), "time", "times") + ", "
                            + Phrase.lasting(total.lasted()) + " together, " + words(total.why()) + ", last ")
                    .at(total.last(), Style.MINUTE);
            facts.add(fact("", line));
        }
        if (devices.size() > MOST) {
            facts.add(fact("", Phrase.of("and " + (devices.size() - MOST) + " more")));
        }
    }

    private static Phrase device(Optional<Mailbox> mailbox) {
        return mailbox.isPresent() ? new Phrase().name(mailbox.get()) : Phrase.of("somebody");
    }

    private static void stale(List<StaleDevice> stale, List<Fact> facts) {
        if (stale.isEmpty()) {
            facts.add(fact("failing now", Phrase.of("no known user's device")));
        }
        for (StaleDevice device : stale.stream().limit(MOST).toList()) {
            Phrase line = device(device.device().mailbox())
                    .words(" at ")
                    .code(device.device().address().text())
                    .words(": "
                            + device.protocol()
                                    .map(Enum::name)
                                    .map(name -> name + ", ")
                                    .orElse("")
                            + words(device.why()) + ", " + Phrase.count(device.failures(), "failure", "failures")
                            + " since ")
                    .at(device.since(), Style.MINUTE);
            device.pace().ifPresent(pace -> line.words(", one every " + Phrase.lasting(pace)));
            facts.add(fact("failing now", line.words("; ").add(standing(device.standing()))));
        }
        if (stale.size() > MOST) {
            facts.add(fact("", Phrase.of("and " + (stale.size() - MOST) + " more")));
        }
    }

    private static Phrase standing(Standing standing) {
        return switch (standing) {
            case Standing.Banned(var jail, var until) -> {
                Phrase phrase = Phrase.of("banned now in ").code(jail.name());
                yield until.isPresent() ? phrase.words(" until ").at(until.get(), Style.MINUTE) : phrase;
            }
            case Standing.Counted counted -> {
                int left = counted.maxRetry() - counted.failures();
                yield Phrase.of(counted.failures() + " of " + counted.maxRetry() + " in ")
                        .code(counted.jail().name())
                        .words(left <= 1 ? ": the next failure bans it" : ": a ban is " + left + " failures away");
            }
            case Standing.NotCounted _ -> Phrase.of("too seldom for any jail to count");
        };
    }

    private static void told(Report report, Description description, List<Fact> facts) {
        if (description instanceof Description.Described) {
            report.jails().stream()
                    .filter(review -> review.knownBans() > 0)
                    .flatMap(review -> SettingsWriter.advice(review, report.lockOuts()).stream())
                    .forEach(line -> facts.add(fact("settings", line)));
        }
    }

    private static Phrase others(Report.Others others) {
        if (others.bans() == 0) {
            return Phrase.of("no bans of anybody else");
        }
        Phrase phrase = Phrase.of(Phrase.grouped(others.bans()) + " bans of " + Phrase.grouped(others.addresses())
                + " addresses that are nobody's here");
        return others.oneOf() == 1
                ? phrase
                : phrase.words(", among every " + others.oneOf() + "th address (there are too many to keep all)");
    }

    private static Phrase read(Volume volume, Report report) {
        Phrase phrase = Phrase.of(size(volume.onServer()) + " in " + Phrase.count(volume.files(), "log", "logs") + ", "
                + Phrase.grouped(volume.lines()) + " lines that matter");
        begins(phrase, "; mail log from ", report.mailLog());
        begins(phrase, ", ban log from ", report.banLog());
        return phrase;
    }

    private static void begins(Phrase phrase, String words, Horizon log) {
        log.begins().ifPresent(at -> phrase.words(words).at(at, Style.MINUTE));
    }

    private static void faults(Horizon log, List<Fact> facts) {
        log.fault()
                .ifPresent(fault -> facts.add(fact(
                        "not read", new Phrase().code(log.source()).words(": ").add(Obstacles.fault(fault)))));
    }

    static String size(long bytes) {
        return bytes < 10_000_000
                ? Phrase.grouped((bytes + 500) / 1000) + " kB"
                : bytes < 1_000_000_000
                        ? (bytes + 500_000) / 1_000_000 + " MB"
                        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    static String words(Why why) {
        return switch (why) {
            case WRONG_PASSWORD -> "wrong password";
            case UNKNOWN_USER -> "unknown user name";
            case SIGN_IN_AGAIN -> "must sign in again";
            case NO_TLS -> "password without TLS";
            case NOT_ALLOWED -> "account not allowed in";
            case FAILED_LOGIN -> "failed login";
            case NO_LOGIN -> "no failed login";
            case BANNED_BEFORE -> "banned before";
            case BY_HAND -> "by hand";
            case NOT_TOLD -> "the logs don't say";
        };
    }

    private static Fact fact(String label, Phrase text) {
        return new Fact(label, text.spans());
    }
}
