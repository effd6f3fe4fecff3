package io.mailban.deploy.command;

import static java.util.stream.Collectors.joining;

import io.mailban.ban.ServerName;
import io.mailban.chat.ServerNames;
import io.mailban.config.ServerSettings;
import io.mailban.config.Settings;
import io.mailban.config.SlackManifest;
import io.mailban.config.SlackSettings;
import io.mailban.deploy.setup.ExaminationText;
import io.mailban.deploy.shell.ExaminationJson;
import io.mailban.deploy.shell.Exit;
import io.mailban.deploy.shell.Progress;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.deploy.wiring.Platforms;
import io.mailban.examination.Examination;
import io.mailban.examination.Examination.Verdict;
import io.mailban.examination.Mendings;
import io.mailban.examination.SlackExamination;
import io.mailban.examination.SlackFlaw;
import io.mailban.slack.SlackDoctor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mailban doctor}: tries what the login can do and can't, and names the command that mends each fault. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Try what Mailban can do on a server and in Slack and what it can't, and say how to mend what is wrong.",
            "Nothing is changed, on the server, in Slack or here."
        },
        footer = {"", "Exit status: 0 all is well, 1 something is to be mended, 3 it couldn't be told."})
final class DoctorCommand implements Callable<Integer> {
    private static final String SLACK = "slack";

    private final Map<String, String> env;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVER|slack",
            description =
                    "Which server of the configuration, or slack: the Slack app alone, if the configuration has slack:"
                            + " (a server of that very name is then examined with all the others). Without it, all of"
                            + " them and Slack. Without a configuration, what ssh would take.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Mixin
    private Sources sources = new Sources();

    DoctorCommand(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        Settings settings = sources.settingsWith(name, env);
        Optional<SlackSettings> slack = settings.slack().filter(_ -> name.isEmpty() || isSlackAlone(settings));
        List<ServerName> servers = isSlackAlone(settings)
                ? List.of()
                : named(settings.servers().stream().map(ServerSettings::name).toList());
        ThisUser user = new ThisUser(env);
        List<Examination> found;
        Optional<SlackExamination> inSlack;
        try (Progress _ = Progress.on(user, "trying what can be done " + where(servers, slack) + " …")) {
            found = Mailban.examinations(settings).of(servers);
            inSlack = slack.map(one -> SlackDoctor.examine(Platforms.setup(one), wanted(settings)));
        }
        if (json) {
            user.out(ExaminationJson.of(found, this::mendings, inSlack).toPrettyString() + "\n");
        } else {
            found.forEach(examination -> user.out(ExaminationText.of(
                    examination, sources.meaning(examination.way().server()), user.look())));
            inSlack.ifPresent(examination -> user.out(ExaminationText.of(examination, user.look())));
        }
        return exit(Stream.concat(
                                found.stream().map(Examination::verdict),
                                inSlack.map(SlackExamination::verdict).stream())
                        .toList())
                .status();
    }

    private boolean isSlackAlone(Settings settings) {
        return settings.slack().isPresent() && name.equals(Optional.of(SLACK));
    }

    private List<ServerName> named(List<ServerName> all) {
        if (name.equals(Optional.of(SLACK)) && !all.contains(new ServerName(SLACK))) {
            throw new Misuse("the configuration has no slack: and no server of that name; README tells how to make the"
                    + " Slack app and what to write there");
        }
        return Sources.named(name, all);
    }

    private static String where(List<ServerName> servers, Optional<SlackSettings> slack) {
        return Stream.concat(
                        servers.isEmpty() ? Stream.empty() : Stream.of("on " + new ServerNames(servers)),
                        slack.map(_ -> "in Slack").stream())
                .collect(joining(" and "));
    }

    private static SlackDoctor.Wanted wanted(Settings settings) {
        return new SlackDoctor.Wanted(
                SlackManifest.builtIn().scopes().stream()
                        .map(scope -> new SlackFlaw.Scope(scope.name(), scope.reason()))
                        .toList(),
                settings.access().holders(ThisUser.account().id()),
                settings.access().groups());
    }

    private Mendings mendings(Examination examination) {
        return new Mendings(examination.way(), sources.meaning(examination.way().server()));
    }

    private static Exit exit(List<Verdict> verdicts) {
        if (verdicts.contains(Verdict.TO_MEND)) {
            return Exit.KEPT_OUT;
        }
        return verdicts.contains(Verdict.NOT_TOLD) ? Exit.NOT_TOLD : Exit.FINE;
    }
}
