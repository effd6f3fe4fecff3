package io.mailban.reply;

import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.Question;
import io.mailban.history.Happening;
import io.mailban.history.History;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.mailserver.Unreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what happened to an address or a mailbox, newest first. Pure. */
final class HistoryWriter {
    /** A card is for reading. */
    private static final int MOST = 60;

    private HistoryWriter() {}

    static Card write(History history) {
        List<Fact> facts = new ArrayList<>();
        history.happenings().stream().limit(MOST).forEach(happening -> facts.add(fact(happening)));
        int older = history.happenings().size() - MOST;
        if (older > 0) {
            facts.add(new Fact(
                    "",
                    Phrase.of("and " + older + " older; in a shell, ")
                            .code("mailban history --json")
                            .words(" has all of them")
                            .spans()));
        }
        history.logs().forEach((server, tracing) -> addHorizon(server, tracing, facts));
        boolean all = history.logs().values().stream().noneMatch(Unreachable.class::isInstance);
        Phrase verdict = Phrase.of(
                        history.happenings().isEmpty() ? "nothing is known to have happened to " : "what happened to ")
                .add(subject(history.question()))
                .words(history.happenings().isEmpty() ? "" : ", newest first");
        return new Card(all ? Tone.PLAIN : Tone.WARNING, verdict.spans(), facts, List.of());
    }

    private static Phrase subject(Question question) {
        return switch (question) {
            case Question.OfAddress(var address) -> new Phrase().code(address.text());
            case Question.OfMailbox(var mailbox) -> new Phrase().name(mailbox);
        };
    }

    private static Fact fact(Happening happening) {
        return switch (happening) {
            case Happening.Banned ban -> {
                Phrase line = at(ban).words("banned by ")
                        .code(ban.jail().name())
                        .words(": ")
                        .code(ban.id().text());
                ban.until().ifPresent(until -> line.words(", until ").at(until, Style.SECOND));
                ban.failures()
                        .ifPresent(failures -> line.words(
                                failures == 0
                                        ? ", by hand"
                                        : ", after " + Phrase.count(failures, "failure", "failures")));
                yield new Fact(ban.server().name(), line.spans());
            }
            case Happening.Unbanned end ->
                new Fact(
                        end.server().name(),
                        at(end).words("the ban ended: ")
                                .code(end.jail().name())
                                .words(" ")
                                .code(end.id().text())
                                .spans());
            case Happening.Decided(var entry) ->
                new Fact("decision", AuditWriter.entry(entry).spans());
            case Happening.Counted run ->
                new Fact(
                        run.server().name(),
                        span(run)
                                .code(run.jail().name())
                                .words(" counted " + Phrase.count(run.count(), "failure", "failures") + " of ")
                                .code(run.id().text())
                                .spans());
            case Happening.Failed run -> {
                Phrase line = span(run).words(failures(run.cause(), run.protocol(), run.count()));
                run.mailbox().ifPresent(mailbox -> line.words(" for ").name(mailbox));
                run.address().ifPresent(address -> line.words(" from ").code(address.text()));
                yield new Fact(run.server().name(), line.spans());
            }
            case Happening.LoggedIn run -> {
                Phrase line = span(run)
                        .words(Phrase.count(run.count(), "login", "logins") + " by " + run.protocol() + " as ")
                        .name(run.mailbox());
                run.address().ifPresent(address -> line.words(" from ").code(address.text()));
                yield new Fact(run.server().name(), line.spans());
            }
        };
    }

    private static Phrase at(Happening happening) {
        return new Phrase().at(happening.at(), Style.SECOND).words(" ");
    }

    private static Phrase span(Happening.Run run) {
        return run.first().getEpochSecond() == run.at().getEpochSecond()
                ? at(run)
                : at(run).words("(since ").at(run.first(), Style.SECOND).words(") ");
    }

    private static String failures(Cause cause, Optional<Protocol> protocol, int n) {
        String by = protocol.map(one -> one.name() + " ").orElse("");
        return switch (cause) {
            case WRONG_PASSWORD -> Phrase.count(n, "wrong " + by + "password", "wrong " + by + "passwords");
            case UNKNOWN_USER -> Phrase.count(n, by + "login as an unknown user", by + "logins as an unknown user");
            case TOKEN_REFUSED -> Phrase.count(n, "refused " + by + "sign-in", "refused " + by + "sign-ins");
            case PLAINTEXT_REFUSED -> Phrase.count(n, by + "login without TLS", by + "logins without TLS");
            case NOT_ALLOWED -> Phrase.count(n, by + "login that is not allowed", by + "logins that are not allowed");
            case UNKNOWN -> Phrase.count(n, "failed " + by + "login", "failed " + by + "logins");
        };
    }

    private static void addHorizon(ServerName server, Tracing tracing, List<Fact> facts) {
        switch (tracing) {
            case Unreachable unreachable -> facts.addAll(ListWriter.silent(List.of(unreachable)));
            case Tracing.Traced traced -> {
                Phrase line = Phrase.of(server + ": ");
                addLog("mail log", traced.mailLog(), line);
                line.words("; ");
                addLog("ban log", traced.banLog(), line);
                facts.add(new Fact("logs", line.spans()));
            }
        }
    }

    private static void addLog(String name, Horizon log, Phrase line) {
        line.words(name + " ").code(log.source());
        if (log.fault().isPresent()) {
            line.words(" could not be read whole: ")
                    .add(Obstacles.fault(log.fault().get()));
        } else if (log.begins().isPresent()) {
            line.words(" looked through since ").at(log.begins().get(), Style.MINUTE);
        } else {
            line.words(" is empty");
        }
    }
}
