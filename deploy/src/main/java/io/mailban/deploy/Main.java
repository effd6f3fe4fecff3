package io.mailban.deploy;

import io.mailban.deploy.command.CommandTree;

/** {@code mailban}: one command, an exit status. */
public final class Main {
    private Main() {}

    /** Runs a command line; 0 nothing wrong, 1 kept out, 2 misuse, 3 couldn't tell. */
    public static void main(String[] args) {
        LogRoute.take();
        System.exit(CommandTree.run(args));
    }
}
