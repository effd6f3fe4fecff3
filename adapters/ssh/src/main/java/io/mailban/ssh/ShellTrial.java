package io.mailban.ssh;

import io.mailban.examination.SudoRules;
import io.mailban.examination.Visit.Power;
import io.mailban.examination.Visit.Shell;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * What a login sees that has a shell, or that it has none.
 *
 * @param powers of {@code SHELL}, {@code SECRETS} and {@code SUDO_ALL} those that it has
 */
record ShellTrial(Shell shell, Optional<ZoneId> zone, Set<Power> powers) {
    private static final int LONGEST = 1 << 16;

    static ShellTrial on(Connection connection, InstantSource clock, Deadline deadline) throws Lost, TimeoutException {
        String mark = Marks.unguessable();
        Exec.Done done = Exec.run(
                connection,
                RemoteCommand.ofLogin(LoginScript.LOOK_AROUND, List.of(mark)),
                new byte[0],
                LONGEST,
                deadline);
        if (!done.out().startsWith(mark + " shell")) {
            String words = done.err().isBlank() ? done.out() : done.err();
            return new ShellTrial(new Shell.Refused(Complaint.bare(words)), Optional.empty(), Set.of());
        }
        return read(done.out(), Skew.measure(connection, clock, deadline), clock.instant());
    }

    private static ShellTrial read(String out, Skew skew, Instant now) {
        String user = "";
        Set<String> groups = Set.of();
        Set<String> clients = new LinkedHashSet<>();
        Optional<String> installer = Optional.empty();
        Optional<String> gateUser = Optional.empty();
        List<String> sudo = new ArrayList<>();
        List<String> containers = new ArrayList<>();
        Set<Power> powers = EnumSet.of(Power.SHELL);
        for (String line : out.split("\n", -1)) {
            int space = line.indexOf(' ');
            String rest = line.substring(space + 1).strip();
            switch (space < 0 ? line : line.substring(0, space)) {
                case "user" -> user = rest;
                case "groups" -> groups = Set.of(rest.split(" +", -1));
                case "client" -> clients.add(rest);
                case "installer" -> installer = Optional.of(rest);
                case "gate" -> gateUser = Optional.of(rest);
                case "sudo" -> sudo.add(rest);
                case "container" -> containers.add(rest);
                case "secrets" -> powers.add(Power.SECRETS);
                default -> {}
            }
        }
        if (SudoRules.allowAll(sudo)) {
            powers.add(Power.SUDO_ALL);
        }
        Optional<ZoneId> zone = out.contains("\noffset ") ? Optional.of(ServerZone.read(out, now)) : Optional.empty();
        return new ShellTrial(
                new Shell.Given(
                        user,
                        groups,
                        skew.ahead(),
                        skew.uncertainty(),
                        List.copyOf(clients),
                        installer,
                        sudo,
                        containers,
                        gateUser),
                zone,
                powers);
    }

    /** How far the server's clock is ahead of ours. */
    private record Skew(Optional<Duration> ahead, Duration uncertainty) {
        static Skew measure(Connection connection, InstantSource clock, Deadline deadline)
                throws Lost, TimeoutException {
            Instant before = clock.instant();
            Exec.Done done = Exec.run(
                    connection, RemoteCommand.ofLogin(LoginScript.CLOCK, List.of()), new byte[0], LONGEST, deadline);
            Duration took = Duration.between(before, clock.instant());
            // BusyBox has no %N and prints none or the letters.
            String[] parts = done.out().strip().split("[.]", 2);
            try {
                long nanos = parts.length == 2 && parts[1].matches("[0-9]{9}") ? Long.parseLong(parts[1]) : 500_000_000;
                Instant there = Instant.ofEpochSecond(Long.parseLong(parts[0]), nanos);
                return new Skew(
                        Optional.of(Duration.between(before.plus(took.dividedBy(2)), there)),
                        took.dividedBy(2).plusMillis(500));
            } catch (NumberFormatException _) {
                return new Skew(Optional.empty(), took);
            }
        }
    }
}
