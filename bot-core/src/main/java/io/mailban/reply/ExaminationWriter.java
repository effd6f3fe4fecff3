package io.mailban.reply;

import io.mailban.ban.Jail;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.examination.Check;
import io.mailban.examination.Examination;
import io.mailban.examination.Good;
import io.mailban.examination.Mending;
import io.mailban.examination.Mendings;
import io.mailban.examination.SlackExamination;
import io.mailban.examination.SlackMendings;
import io.mailban.examination.Visit.Power;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes what an examination found. Pure. */
final class ExaminationWriter {
    private static final String SLACK = "Slack";

    private ExaminationWriter() {}

    static Card write(Examination examination) {
        return write(examination.way().server().name(), examination.checks(), examination.verdict());
    }

    static Card write(SlackExamination examination) {
        return write(SLACK, examination.checks(), examination.verdict());
    }

    private static Card write(String server, List<Check> checks, Examination.Verdict verdict) {
        List<Fact> facts = new ArrayList<>();
        for (Check check : checks) {
            facts.add(new Fact(
                    mark(check) + " " + subject(check.subject()),
                    sentence(check).spans()));
        }
        long faults = checks.stream().filter(Check.Fault.class::isInstance).count();
        return switch (verdict) {
            case WELL -> new Card(Tone.GOOD, Phrase.of(server + " is well").spans(), facts, List.of());
            case NOT_TOLD ->
                new Card(
                        Tone.WARNING,
                        Phrase.of(server + ": not everything could be told").spans(),
                        facts,
                        List.of());
            case TO_MEND ->
                new Card(
                        Tone.TROUBLE,
                        Phrase.of(server + ": " + Phrase.count((int) faults, "thing", "things") + " to mend")
                                .spans(),
                        facts,
                        List.of());
        };
    }

    /** Those with the same lines are told once, for all that they mend. */
    static Map<String, List<String>> mendings(Examination examination, Mendings mendings) {
        return mendings(examination.way().server().name(), examination.checks(), mendings::of);
    }

    static Map<String, List<String>> mendings(SlackExamination examination) {
        return mendings(SLACK, examination.checks(), SlackMendings::of);
    }

    private static Map<String, List<String>> mendings(
            String server, List<Check> checks, Function<Check, List<Mending>> mendings) {
        Map<Step, List<Check.Subject>> steps = new LinkedHashMap<>();
        for (Check check : checks) {
            Map<Mending.Where, List<String>> lines = new LinkedHashMap<>();
            mendings.apply(check)
                    .forEach(mending -> lines.computeIfAbsent(mending.where(), _ -> new ArrayList<>())
                            .add(mending.line()));
            lines.forEach((where, these) -> steps.computeIfAbsent(new Step(where, these), _ -> new ArrayList<>())
                    .add(check.subject()));
        }
        Map<String, List<String>> told = new LinkedHashMap<>();
        steps.forEach((step, subjects) -> told.computeIfAbsent(
                        heading(subjects, step.where(), server), _ -> new ArrayList<>())
                .addAll(step.lines()));
        return told;
    }

    private record Step(Mending.Where where, List<String> lines) {}

    private static String heading(List<Check.Subject> subjects, Mending.Where where, String server) {
        String names = String.join(
                " and ",
                subjects.stream().distinct().map(ExaminationWriter::subject).toList());
        return switch (where) {
            case SERVER -> names + ", on " + server + ":";
            case HERE -> names + ", here:";
            case CONFIGURATION -> names + ", in the configuration of " + server + ":";
            case SLACK -> names + ", in Slack:";
        };
    }

    static Phrase sentence(Check check) {
        return switch (check) {
            case Check.Well(var subject, var good) -> good(good);
            case Check.Hint(var subject, var flaw) -> Flaws.sentence(flaw);
            case Check.Fault(var subject, var flaw) -> Flaws.sentence(flaw);
            case Check.NotTold(var subject, var flaw) -> Flaws.sentence(flaw);
            case Check.NotTried(var subject, var because) -> Phrase.of("not tried: " + failed(because));
        };
    }

    private static String mark(Check check) {
        return switch (check) {
            case Check.Well _ -> "✓";
            case Check.Hint _ -> "!";
            case Check.Fault _ -> "✗";
            case Check.NotTold _ -> "?";
            case Check.NotTried _ -> "–";
        };
    }

    private static String subject(Check.Subject subject) {
        return switch (subject) {
            case LOGIN -> "login";
            case FAIL2BAN -> "fail2ban";
            case JAILS -> "jails";
            case BAN_LOG -> "ban log";
            case MAIL_LOG -> "mail log";
            case CLOCK -> "clock";
            case ACCESS -> "access";
            case BOT_TOKEN -> "bot token";
            case SCOPES -> "scopes";
            case WORKSPACE -> "workspace";
            case APP_TOKEN -> "app token";
            case LISTENING -> "listening";
            case CHANNEL -> "channel";
            case PERSON -> "person";
            case GROUP -> "group";
            case ROLES -> "roles";
        };
    }

    private static String failed(Check.Subject because) {
        return switch (because) {
            case LOGIN -> "it can't log in";
            case FAIL2BAN -> "fail2ban did not answer";
            case BOT_TOKEN -> "Slack did not take the bot token";
            case SCOPES -> "a scope is missing for it";
            case JAILS,
                    BAN_LOG,
                    MAIL_LOG,
                    CLOCK,
                    ACCESS,
                    WORKSPACE,
                    APP_TOKEN,
                    LISTENING,
                    CHANNEL,
                    PERSON,
                    GROUP,
                    ROLES -> subject(because) + " first";
        };
    }

    private static Phrase good(Good good) {
        return switch (good) {
            case Good.OfSlack(var ofSlack) -> SlackWords.good(ofSlack);
            case Good.LoggedIn(var user, var host, var port, var key) ->
                Phrase.of(user + "@" + host + " port " + port + ", host key known: " + key);
            case Good.Answers(var version, var client) ->
                Phrase.of("fail2ban " + version + " answers"
                        + switch (client) {
                            case STANDING -> ", through one standing client";
                            case ONE_SHOT -> "";
                        });
            case Good.Guarding(var jails) ->
                Phrase.of(Phrase.count(jails.size(), "jail", "jails") + ": "
                        + String.join(", ", jails.stream().map(Jail::name).toList()));
            case Good.LogRead(var source, var newest) -> {
                Phrase phrase = new Phrase().code(source);
                yield newest.isEmpty()
                        ? phrase.words(" can be read")
                        : phrase.words(" can be read, newest line ").at(newest.get(), Style.AGO);
            }
            case Good.InTime(var zone, var ahead) ->
                Phrase.of("zone " + zone + ahead.map(time -> ", " + ahead(time)).orElse(""));
            case Good.Confined(var refused) ->
                Phrase.of("nothing but Mailban's own questions passes; tried and refused: " + powers(refused));
        };
    }

    /** How a clock stands to ours. */
    static String ahead(Duration ahead) {
        if (ahead.abs().toSeconds() < 1) {
            return "the clock is right";
        }
        return "the clock is " + Phrase.lasting(ahead.abs()) + (ahead.isNegative() ? " behind ours" : " ahead of ours");
    }

    static String powers(Collection<Power> powers) {
        return String.join(
                ", ", powers.stream().sorted().map(ExaminationWriter::power).toList());
    }

    private static String power(Power power) {
        return switch (power) {
            case SHELL -> "a shell";
            case TERMINAL -> "a terminal";
            case FORWARDING -> "port forwarding";
            case AGENT -> "agent forwarding";
            case FILES -> "file transfer";
            case SECRETS -> "reading /etc/shadow";
            case SUDO_ALL -> "sudo for every command";
            case ORDERS -> "other orders to fail2ban";
        };
    }
}
