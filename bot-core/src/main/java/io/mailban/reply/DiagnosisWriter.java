package io.mailban.reply;

import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Finding.AddressUse;
import io.mailban.diagnosis.Question;
import io.mailban.known.Whose;
import io.mailban.mailserver.Tracing.Horizon;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the answer to {@code check}: the worst finding leads, with its evidence; the rest is a line each. Pure. */
final class DiagnosisWriter {
    private final List<Fact> facts = new ArrayList<>();
    private final Diagnosis diagnosis;

    private DiagnosisWriter(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    static Card write(Diagnosis diagnosis) {
        return new DiagnosisWriter(diagnosis).card();
    }

    private Card card() {
        Diagnosis.OfServer leading = diagnosis.servers().getFirst();
        Finding worst = leading.worst();
        Phrase verdict = Verdicts.of(worst, leading.server());
        addEvidence(worst, leading.server());
        for (Finding other : leading.findings().subList(1, leading.findings().size())) {
            addBrief(other, leading.server());
        }
        for (Diagnosis.OfServer server :
                diagnosis.servers().subList(1, diagnosis.servers().size())) {
            if (worst instanceof Finding.NotPublic && server.worst().equals(worst)) {
                continue;
            }
            fact(server.server().name(), Verdicts.of(server.worst(), server.server()));
            if (server.worst() instanceof Finding.ServerUnreachable unreachable) {
                fact(
                        "",
                        Phrase.of(Explanations.mending(
                                unreachable.obstacle(), server.server().name())));
            }
        }
        for (ServerName pending : diagnosis.pending()) {
            fact(pending.name(), Phrase.of("has not answered yet …"));
        }
        return new Card(toneOf(worst), verdict.spans(), facts, buttons(leading));
    }

    private void addEvidence(Finding finding, ServerName server) {
        switch (finding) {
            case Finding.Banned banned -> addBan(banned);
            case Finding.CoveredByNetwork covered -> {
                fact("jail", new Phrase().code(covered.ban().jail().name()));
                fact("blocks", Explanations.closes(covered.closes(), new BanCause.ByHand()));
                fact("whose", Explanations.whose(covered.whose()));
                fact(
                        "to do",
                        Phrase.of("lifting it lets the whole network in: ")
                                .code("unban " + covered.network() + " " + server));
            }
            case Finding.Failing failing -> {
                fact("because", Explanations.because(failing.cause(), failing.whose()));
                fact("whose", Explanations.whose(failing.whose()));
                fact(
                        "to do",
                        Phrase.of("correct the password on the device, or switch the device off, before it is banned"));
            }
            case Finding.NotDelivering stuck -> {
                fact(
                        "last",
                        stuck.lastDelivered().isPresent()
                                ? Phrase.of("delivered at ")
                                        .at(stuck.lastDelivered().get(), Style.SECOND)
                                : Phrase.of("no delivery in these logs"));
                fact("to do", Phrase.of("on the server: ").code("postqueue -p"));
            }
            case Finding.Fail2banDown down -> {
                if (!down.words().isBlank()) {
                    fact("it said", new Phrase().code(down.words().strip()));
                }
                fact("to do", Phrase.of(Explanations.mending(down.cause())));
            }
            case Finding.ServerUnreachable unreachable ->
                fact("to do", Phrase.of(Explanations.mending(unreachable.obstacle(), server.name())));
            case Finding.LogsUnread unread -> {
                unread.logs().forEach(this::addUnread);
                fact(
                        "to do",
                        Phrase.of(
                                "let the login read them: log_prefix: sudo -n, or the groups adm and systemd-journal"));
            }
            case Finding.NotPublic _ ->
                fact(
                        "to do",
                        Phrase.of("on the device, ask which public address it has: ")
                                .code("curl https://ifconfig.me")
                                .words(" or any “what is my IP” page; then check that one"));
            case Finding.GettingIn in -> fact("whose", Explanations.whose(in.whose()));
            case Finding.BanEnded _ ->
                fact("to do", Phrase.of("if the client stays quiet, look at the device: it may have stopped trying"));
            case Finding.NoTrace none -> {
                addHorizon("mail log", none.mailLog());
                addHorizon("ban log", none.banLog());
            }
            case Finding.MailboxUse use -> addUse(use);
            case Finding.Exempt _ -> {}
        }
    }

    private void addBan(Finding.Banned banned) {
        Phrase jails = new Phrase();
        banned.bans()
                .forEach(ban -> jails.words(jails.spans().isEmpty() ? "" : ", ")
                        .code(ban.jail().name()));
        fact(banned.bans().size() == 1 ? "jail" : "jails", jails);
        fact("because", Explanations.because(banned.cause(), banned.whose()));
        fact("blocks", Explanations.closes(banned.closes(), banned.cause()));
        fact("whose", Explanations.whose(banned.whose()));
        banned.delivery()
                .ifPresent(delivery -> fact(
                        "mail",
                        Phrase.of("last delivered to ")
                                .name(delivery.mailbox())
                                .words(" ")
                                .at(delivery.at(), Style.AGO)
                                .words("; it keeps arriving, nothing is lost")));
        banned.bans()
                .forEach(ban -> fact(
                        "will run",
                        new Phrase().code("fail2ban-client set " + ban.jail() + " unbanip " + banned.address())));
    }

    /** A finding beside the leading one, as one line. */
    private void addBrief(Finding finding, ServerName server) {
        switch (finding) {
            case Finding.LogsUnread unread -> unread.logs().forEach(this::addUnread);
            case Finding.MailboxUse use -> addUse(use);
            case Finding.Banned banned -> {
                fact("also", Verdicts.of(banned, server));
                banned.bans()
                        .forEach(ban -> fact(
                                "will run",
                                new Phrase()
                                        .code("fail2ban-client set " + ban.jail() + " unbanip " + banned.address())));
            }
            case Finding.CoveredByNetwork _,
                    Finding.Failing _,
                    Finding.NotDelivering _,
                    Finding.Fail2banDown _,
                    Finding.ServerUnreachable _,
                    Finding.NotPublic _,
                    Finding.GettingIn _,
                    Finding.BanEnded _,
                    Finding.Exempt _,
                    Finding.NoTrace _ -> fact("also", Verdicts.of(finding, server));
        }
    }

    private void addUse(Finding.MailboxUse use) {
        for (AddressUse address : use.own()) {
            Phrase line = new Phrase()
                    .code(address.address().text())
                    .words(" " + Phrase.count(address.logins(), "good login", "good logins") + ", the last ")
                    .at(address.last(), Style.MINUTE);
            if (address.failures() > 0) {
                line.words(", " + Phrase.count(address.failures(), "failure", "failures"));
            }
            fact("uses", address.bannedIn().isEmpty() ? line : line.words("; banned by " + jails(address)));
        }
        List<AddressUse> others = use.others();
        if (others.isEmpty()) {
            return;
        }
        long banned =
                others.stream().filter(other -> !other.bannedIn().isEmpty()).count();
        fact(
                "others",
                Phrase.of(Phrase.count(others.size(), "other address", "other addresses") + " tried the name"
                        + (banned > 0 ? ", " + banned + " banned" : "")
                        + "; no good login from "
                        + (others.size() == 1 ? "it: a new device, or a guesser" : "them: new devices, or guessers")));
        others.stream()
                .limit(3)
                .forEach(other -> fact(
                        "",
                        new Phrase()
                                .code(other.address().text())
                                .words(" last tried ")
                                .at(other.last(), Style.MINUTE)
                                .words(other.bannedIn().isEmpty() ? "" : "; banned by " + jails(other))));
    }

    private static String jails(AddressUse use) {
        return String.join(", ", use.bannedIn().stream().map(Jail::name).toList());
    }

    private void addHorizon(String label, Horizon log) {
        fact(
                label,
                log.begins().isPresent()
                        ? new Phrase()
                                .code(log.source())
                                .words(" begins ")
                                .at(log.begins().get(), Style.MINUTE)
                        : new Phrase().code(log.source()).words(" is empty"));
    }

    private void addUnread(Horizon log) {
        fact("unread", new Phrase().code(log.source()).words(": " + log.fault().orElse("")));
    }

    private void fact(String label, Phrase text) {
        facts.add(new Fact(label, text.spans()));
    }

    private List<Button> buttons(Diagnosis.OfServer leading) {
        List<Button> buttons = new ArrayList<>();
        Optional<ServerName> where = diagnosis.servers().size() == 1 ? Optional.of(leading.server()) : Optional.empty();
        diagnosis.servers().stream()
                .flatMap(server -> server.findings().stream())
                .filter(Finding.Banned.class::isInstance)
                .map(Finding.Banned.class::cast)
                .filter(banned -> !(banned.whose() instanceof Whose.Suspicious))
                .map(Finding.Banned::address)
                .distinct()
                .limit(3)
                .forEach(address -> buttons.add(new Button(
                        diagnosis.question() instanceof Question.OfAddress
                                ? "Request unban"
                                : "Request unban of " + address,
                        new CardAction.RequestUnban(address, where))));
        boolean lines =
                diagnosis.servers().stream().anyMatch(server -> !server.lines().isEmpty());
        if (lines && diagnosis.question() instanceof Question.OfAddress(var address)) {
            buttons.add(new Button("Show log lines", new CardAction.ShowLines(address, where)));
        }
        return buttons;
    }

    private static Tone toneOf(Finding worst) {
        return switch (worst) {
            case Finding.Banned banned
            when banned.whose() instanceof Whose.Suspicious suspicious
                    && !suspicious.gotIn().isEmpty() -> Tone.ALARM;
            case Finding.Banned _, Finding.CoveredByNetwork _, Finding.Failing _, Finding.NotDelivering _ ->
                Tone.TROUBLE;
            case Finding.Fail2banDown _, Finding.ServerUnreachable _, Finding.LogsUnread _, Finding.NotPublic _ ->
                Tone.WARNING;
            case Finding.Exempt _, Finding.GettingIn _ -> Tone.GOOD;
            case Finding.BanEnded _, Finding.NoTrace _ -> Tone.NEWS;
            case Finding.MailboxUse use ->
                switch (use.standing()) {
                    case SHUT_OUT -> Tone.TROUBLE;
                    case OPEN -> Tone.GOOD;
                };
        };
    }
}
