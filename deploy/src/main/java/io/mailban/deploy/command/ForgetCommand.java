package io.mailban.deploy.command;

import io.mailban.deploy.shell.Errand.Consent;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code mailban forget}: erases for good, and so wants to be confirmed. */
final class ForgetCommand extends ErrandCommand {
    @Option(
            names = {"-y", "--yes"},
            description = "Erase it without asking back.")
    private boolean yes;

    ForgetCommand(Map<String, String> env) {
        super("forget", env);
    }

    @Override
    Consent consent() {
        return yes ? Consent.GIVEN : Consent.ASK;
    }
}
