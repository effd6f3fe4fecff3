package io.mailban.deploy.command;

import io.mailban.ban.ServerName;
import io.mailban.bot.Examinations;
import io.mailban.chat.ServerNames;
import io.mailban.config.ServerSettings;
import io.mailban.config.Settings;
import io.mailban.deploy.setup.ExaminationText;
import io.mailban.deploy.shell.ExaminationJson;
import io.mailban.deploy.shell.Exit;
import io.mailban.deploy.shell.Progress;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.examination.Examination;
import io.mailban.examination.Examination.Verdict;
import io.mailban.examination.Mendings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "Try what Mailban can do on a server and what it can't, and say how to mend what is wrong.",
            "Nothing is changed, on the server or here."
        },
        footer = {"", "Exit status: 0 all is well, 1 something is to be mended, 3 it couldn't be told."})
final class DoctorCommand implements Callable<Integer> {
    private final Map<String, String> env;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVER",
            description =
                    "Which server of the configuration; without it, all of them. Without a configuration, what ssh"
                            + " would take.")
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
        List<ServerName> servers = Sources.named(
                name, settings.servers().stream().map(ServerSettings::name).toList());
        Examinations examinations = Mailban.examinations(settings);
        ThisUser user = new ThisUser(env);
        List<Examination> found;
        try (Progress _ = Progress.on(user, "trying what can be done on " + new ServerNames(servers) + " …")) {
            found = examinations.of(servers);
        }
        if (json) {
            user.out(ExaminationJson.of(found, this::mendings).toPrettyString() + "\n");
        } else {
            found.forEach(examination -> user.out(ExaminationText.of(
                    examination, sources.meaning(examination.way().server()), user.look())));
        }
        return exit(found).status();
    }

    private Mendings mendings(Examination examination) {
        return new Mendings(examination.way(), sources.meaning(examination.way().server()));
    }

    private static Exit exit(List<Examination> found) {
        List<Verdict> verdicts = found.stream().map(Examination::verdict).toList();
        if (verdicts.contains(Verdict.TO_MEND)) {
            return Exit.KEPT_OUT;
        }
        return verdicts.contains(Verdict.NOT_TOLD) ? Exit.NOT_TOLD : Exit.FINE;
    }
}
