package io.mailban.deploy.bench;

import io.mailban.access.AccessPolicy;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.ban.Address;
import io.mailban.chat.Naming;
import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.config.Settings;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.sandbox.MailServer;
import io.mailban.slack.SlackPlatform;
import io.mailban.slack.SlackPlatform.Ears;
import io.mailban.slack.SlackSetup;
import io.mailban.slack.SlackSetup.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Times the whole program between Slack and a mail server, both on this machine: from a slash command to its
 * acknowledgement, and to the message that tells the verdict. And lets 200 people type at once.
 */
final class SlackBench {
    private static final int CROWD = 200;
    private static final int WARMING = 40;

    /**
     * What came out.
     *
     * @param ack from the command to its acknowledgement
     * @param verdict from the command to the message that explains the ban
     * @param slowestOfCrowdMs until the last of 200 commands, sent at once, was acknowledged
     */
    record Result(Samples ack, Samples verdict, double slowestOfCrowdMs) {}

    private SlackBench() {}

    /** Checks this address, which the server has banned, so many times; one after the other, then many at once. */
    static Result run(MailServer server, Address banned, int commands) throws Exception {
        Path directory = Files.createTempDirectory("mailban-bench");
        try (LoopbackSlack slack = new LoopbackSlack()) {
            Settings settings = settings(server, directory);
            try (SlackPlatform platform = SlackPlatform.of(setup(slack), Set.of(), InstantSource.system());
                    Mailban mailban = Mailban.open(settings, everybody(), platform.chat(), List.of())) {
                platform.open(
                        new Ears(mailban.store().deliveries(), mailban.home()::of, mailban.bot()::handle, () -> {}));
                slack.awaitConnection();
                String command = "check " + banned;
                // Without the apostrophe before it, which JSON may write in two ways.
                String verdict = " reach " + server.name() + ": banned since ";
                for (int i = 0; i < WARMING; i++) {
                    await(slack.slash(command, verdict));
                }
                Samples ack = new Samples();
                Samples told = new Samples();
                for (int i = 0; i < commands; i++) {
                    LoopbackSlack.Deed deed = await(slack.slash(command, verdict));
                    ack.add(deed.acknowledged().get() - deed.sent());
                    told.add(deed.posted().get() - deed.sent());
                }
                return new Result(ack, told, crowd(slack));
            }
        } finally {
            delete(directory);
        }
    }

    private static double crowd(LoopbackSlack slack) throws Exception {
        List<LoopbackSlack.Deed> deeds = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            deeds.add(slack.slash("servers", "crowd " + i));
        }
        long slowest = 0;
        for (LoopbackSlack.Deed deed : deeds) {
            slowest = Math.max(slowest, deed.acknowledged().get(20, TimeUnit.SECONDS) - deed.sent());
        }
        return slowest / 1e6;
    }

    private static LoopbackSlack.Deed await(LoopbackSlack.Deed deed) throws Exception {
        deed.acknowledged().get(20, TimeUnit.SECONDS);
        deed.posted().get(20, TimeUnit.SECONDS);
        return deed;
    }

    private static SlackSetup setup(LoopbackSlack slack) {
        return new SlackSetup(
                () -> "xoxb-bench".toCharArray(),
                new Transport.Socket(() -> "xapp-bench".toCharArray()),
                slack.api(),
                Set.of(LoopbackSlack.TEAM),
                Set.of(LoopbackSlack.CHANNEL),
                LoopbackSlack.CHANNEL,
                Naming.FULL);
    }

    private static AccessPolicy everybody() {
        PersonId user = new PersonId(SlackSetup.PLATFORM, LoopbackSlack.USER);
        return new AccessPolicy(Map.of(Role.READER, Set.of(user)), SelfApproval.REFUSED);
    }

    private static Settings settings(MailServer server, Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("mailban.yml"), """
                servers:
                  - name: %s
                    host: %s
                    port: %d
                    user: root
                    key: %s
                ssh:
                  known_hosts: %s
                store: %s
                """.formatted(
                        server.name(),
                        server.sshHost(),
                        server.sshPort(),
                        server.key(),
                        server.knownHosts(),
                        directory.resolve("bench.db")));
        return switch (ConfigReader.read(file, System.getenv())) {
            case ConfigReading.Read(var settings) -> settings;
            case ConfigReading.Missing _, ConfigReading.Faulty _ ->
                throw new IllegalStateException("the bench's own configuration is wrong: " + file);
        };
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
