package io.mailban.reply;

import io.mailban.chat.Span.Moment.Style;
import io.mailban.examination.Flaw;
import io.mailban.examination.Visit.Log;
import java.time.Duration;

/** Says each flaw in one sentence. Pure. */
final class Flaws {
    private Flaws() {}

    static Phrase sentence(Flaw flaw) {
        return switch (flaw) {
            case Flaw.OfSlack(var ofSlack) -> SlackWords.sentence(ofSlack);
            case Flaw.Obstructed(var obstacle, var elsewhere) ->
                Phrase.of(Obstacles.words(obstacle)
                        + (elsewhere.isPresent() ? "; an SSH server answers on port " + elsewhere.getAsInt() : ""));
            case Flaw.SudoRefuses(var user, var program) ->
                Phrase.of("sudo wants a password of " + user + " for ").code(program);
            case Flaw.SudoMissing(var user, var program, var allowed) ->
                Phrase.of("fail2ban answers root alone, and " + user + " is not root; "
                        + switch (allowed) {
                            case ALREADY -> "sudo lets it, with the right prefix";
                            case NOT_YET -> "sudo does not let it either";
                        });
            case Flaw.NotRunning _ ->
                Phrase.of("fail2ban is not running, so nothing is banned by it and nothing is guarded");
            case Flaw.ContainerDown(var name, var words) ->
                Phrase.of("there is no running container ").code(name).words(": " + words);
            case Flaw.DockerRefuses(var user) -> Phrase.of(user + " may not use docker");
            case Flaw.ClientElsewhere(var path) ->
                Phrase.of("fail2ban-client is not in the PATH of this login, but here: ")
                        .code(path);
            case Flaw.NotInstalled _ -> Phrase.of("there is no fail2ban-client on this server");
            case Flaw.GateMissing(var words) -> Phrase.of("the gate does not answer: " + words);
            case Flaw.GateOutdated(var words) ->
                Phrase.of("the gate there is not the one that Mailban knows: " + words);
            case Flaw.NotUnderstood(var cause, var words) -> Phrase.of(Explanations.silent(cause) + ": " + words);
            case Flaw.OneShotsOnly _ ->
                Phrase.of("fail2ban-client -i does not work there, so that each question starts a process: slower");
            case Flaw.NoJails _ -> Phrase.of("fail2ban runs no jail, so nothing is guarded");
            case Flaw.RecidiveBlind(var source) ->
                Phrase.of("recidive can't see the bans that other jails make: "
                        + switch (source) {
                            case JOURNAL -> "its filter does not know fail2ban's lines in the journal";
                            case FILE -> "it watches another file than the one that fail2ban logs to";
                        });
            case Flaw.WatchesNothing(var jail) ->
                new Phrase().code(jail.name()).words(" watches no log, so it never bans");
            case Flaw.NetworkWithoutEffect(var jail, var network) ->
                new Phrase()
                        .code(jail.name())
                        .words(" bans the network " + network.text()
                                + ", but its nftables set takes single addresses only: nobody is kept out");
            case Flaw.LogUnreadable unreadable ->
                Phrase.of(unreadable.user() + " may not read ").code(unreadable.path());
            case Flaw.JournalUnreadable(var log, var user) ->
                Phrase.of(user + " may not read the journal, and " + log(log) + " is nowhere else");
            case Flaw.LogPrefixRefused(var user) ->
                Phrase.of("log_prefix is sudo -n, and sudo does not let " + user
                        + " run a shell; a login that may read logs by itself needs none");
            case Flaw.LogFault(var log, var source, var words) ->
                new Phrase().code(source).words(" can't be read: " + words);
            case Flaw.LogEmpty(var log, var source) ->
                new Phrase().code(source).words(" can be read, and has no line yet");
            case Flaw.LogStale(var log, var source, var newest) ->
                new Phrase()
                        .code(source)
                        .words(" was last written to ")
                        .at(newest, Style.AGO)
                        .words(
                                switch (log) {
                                    case MAIL -> ": no mail since, or it is logged elsewhere";
                                    case BAN -> ": is fail2ban logging elsewhere?";
                                });
            case Flaw.ZoneTorn(var log, var source, var ahead) ->
                new Phrase()
                        .code(source)
                        .words(" is written " + apart(ahead) + " the server's own zone: " + program(log)
                                + " has a TZ of its own, or was started before that was changed");
            case Flaw.ClockWrong(var ahead) ->
                Phrase.of(ExaminationWriter.ahead(ahead)
                        + ": the times in its logs are as wrong, and are translated here");
            case Flaw.ZoneUntold _ -> Phrase.of("the server does not say in which zone it lives");
            case Flaw.GateOpen(var user, var powers, var gateUser) ->
                Phrase.of("a gate is configured, and this key is given " + ExaminationWriter.powers(powers));
            case Flaw.KeyToRoot(var user, var by, var powers) ->
                Phrase.of("whoever holds this key is root there: "
                        + switch (by) {
                            case LOGIN -> "it logs in as root";
                            case SUDO -> "sudo runs every command for " + user;
                            case DOCKER -> user + " may use docker, and docker may do everything";
                            case FAIL2BAN -> "fail2ban runs what it is told to run";
                        }
                        + (powers.isEmpty() ? "" : "; it is given " + ExaminationWriter.powers(powers))
                        + ". deploy/mailserver/install makes a login that can do less");
            case Flaw.Untried(var powers) -> Phrase.of("could not be tried: " + ExaminationWriter.powers(powers));
        };
    }

    private static String apart(Duration ahead) {
        return Phrase.lasting(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of");
    }

    private static String log(Log log) {
        return switch (log) {
            case MAIL -> "the mail log";
            case BAN -> "fail2ban's log";
        };
    }

    private static String program(Log log) {
        return switch (log) {
            case MAIL -> "the program that writes it";
            case BAN -> "fail2ban";
        };
    }
}
