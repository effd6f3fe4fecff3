package io.mailban.examination;

import static io.mailban.examination.Mending.configured;
import static io.mailban.examination.Mending.here;
import static io.mailban.examination.Mending.onServer;
import static io.mailban.examination.Mending.quoted;

import io.mailban.examination.Visit.Power;
import io.mailban.mailserver.Obstacle;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows the commands that mend a flaw. Each is written out, so that whoever reads it knows what it does. Pure.
 *
 * @param mailban how to call Mailban about this server: what follows {@code mailban trust}
 */
public record Mendings(Way way, String mailban) {
    /** One for each program, of a name that nobody else uses: what an administrator wrote beside it stays. */
    private static final String SUDOERS = "/etc/sudoers.d/mailban-may-";

    /** nft takes a network into a set with this flag only, and fail2ban up to 1.1 declares its sets without it. */
    private static final List<Mending> NETWORKS_TOO = List.of(
            onServer("printf '%s\\n' '[Init]' 'addr_type = ipv4_addr\\; flags interval' '[Init?family=inet6]'"
                    + " 'addr_type = ipv6_addr\\; flags interval' | sudo tee /etc/fail2ban/action.d/nftables.local"),
            onServer("sudo systemctl restart fail2ban"));

    /** What mends what a check found; empty where nothing is to be mended. */
    public List<Mending> of(Check check) {
        return switch (check) {
            case Check.Well _, Check.NotTried _ -> List.of();
            case Check.Hint(var subject, var flaw) -> of(flaw);
            case Check.Fault(var subject, var flaw) -> of(flaw);
            case Check.NotTold(var subject, var flaw) -> of(flaw);
        };
    }

    /** What mends it, in order; empty where nobody can know. */
    public List<Mending> of(Flaw flaw) {
        return switch (flaw) {
            case Flaw.Obstructed(var obstacle, var elsewhere) ->
                elsewhere.isPresent() ? List.of(configured("port: " + elsewhere.getAsInt())) : past(obstacle);
            case Flaw.SudoRefuses(var user, var program) -> List.of(allow(user, program));
            case Flaw.SudoMissing(var user, var program, var allowed) ->
                switch (allowed) {
                    case ALREADY -> List.of(configured("prefix: sudo -n"));
                    case NOT_YET -> List.of(allow(user, program), configured("prefix: sudo -n"));
                };
            case Flaw.NotRunning _ -> List.of(onServer("sudo systemctl start fail2ban"));
            case Flaw.ContainerDown(var name, var words) -> List.of(onServer("sudo docker start " + name));
            case Flaw.DockerRefuses(var user) ->
                List.of(allow(user, "/usr/bin/docker"), configured("prefix: sudo -n " + docker()));
            case Flaw.ClientElsewhere(var path) ->
                List.of(onServer("sudo ln -s " + quoted(path) + " /usr/local/bin/fail2ban-client"));
            case Flaw.NotInstalled(var installer) ->
                List.of(onServer("sudo " + installer.orElse("apt-get") + " install fail2ban"));
            case Flaw.GateMissing _, Flaw.GateOutdated _ -> install("--user " + quoted(way.user()));
            case Flaw.NotUnderstood _ -> List.of(onServer("sudo fail2ban-client status"));
            case Flaw.OneShotsOnly _ -> List.of();
            case Flaw.NoJails _ ->
                List.of(
                        onServer("printf '[postfix-sasl]\\nenabled = true\\n[dovecot]\\nenabled = true\\n'"
                                + " | sudo tee /etc/fail2ban/jail.d/mail.local"),
                        onServer("sudo fail2ban-client reload"));
            case Flaw.RecidiveBlind(var source) -> recidive(source);
            case Flaw.WatchesNothing(var jail) -> List.of(onServer("sudo fail2ban-client get " + jail + " logpath"));
            case Flaw.NetworkWithoutEffect _ -> NETWORKS_TOO;
            case Flaw.LogUnreadable unreadable -> readable(unreadable);
            case Flaw.JournalUnreadable(var log, var user) -> List.of(join("adm,systemd-journal", user));
            case Flaw.LogPrefixRefused(var user) ->
                List.of(join("adm,systemd-journal", user), configured("log_prefix: \"\""));
            case Flaw.LogFault _, Flaw.LogEmpty _, Flaw.ZoneUntold _, Flaw.Untried _ -> List.of();
            case Flaw.LogStale(var log, var source, var newest) ->
                switch (log) {
                    case MAIL ->
                        List.of(
                                onServer("sudo systemctl status --no-pager rsyslog postfix dovecot"),
                                onServer("sudo journalctl --no-pager -n 5 SYSLOG_FACILITY=2"));
                    case BAN -> List.of(onServer("sudo fail2ban-client get logtarget"));
                };
            case Flaw.ZoneTorn(var log, var source, var ahead) ->
                switch (log) {
                    case MAIL -> inZone("rsyslog");
                    case BAN -> inZone("fail2ban");
                };
            case Flaw.ClockWrong _ -> List.of(onServer("sudo timedatectl set-ntp true"));
            case Flaw.GateOpen open -> close(open);
            case Flaw.KeyToRoot _ -> List.of();
            case Flaw.OfSlack(var flawOfSlack) -> SlackMendings.of(flawOfSlack);
        };
    }

    private List<Mending> past(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.NameUnknown(var host) -> List.of(here("getent hosts " + quoted(host)));
            case Obstacle.PortClosed _ ->
                List.of(onServer("sudo systemctl start ssh"), onServer("sudo sshd -T | grep '^port '"));
            case Obstacle.NoAnswer(var host, var port, var waited) ->
                List.of(here("ssh -v -p " + port + " " + quoted(host)));
            case Obstacle.TurnedAway _ ->
                List.of(
                        onServer("sudo sshd -T | grep -iE '^(maxstartups|persourcepenalties)'"),
                        onServer("sudo journalctl -u ssh -n 20"));
            case Obstacle.LoginRefused(var user, var host, var tried) -> authorize(user);
            case Obstacle.KeyUnusable(var path, var why) ->
                List.of(here(
                        why.contains("no such file")
                                ? "ssh-keygen -t ed25519 -f " + quoted(path)
                                : "ssh-keygen -y -f " + quoted(path)));
            case Obstacle.HostKeyUnknown _ -> List.of(compare(), here("mailban trust " + mailban));
            case Obstacle.HostKeyChanged _ -> List.of(compare(), here("mailban trust " + mailban));
            case Obstacle.HostKeyRevoked _ -> List.of();
            case Obstacle.AtJumpHost(var jumpHost, var there) -> List.of(here(atJumpHost(jumpHost, there)));
            case Obstacle.NotForwarded(var jumpHost, var host, var port, var reason) ->
                List.of(here("ssh " + quoted(jumpHost) + " "
                        + switch (reason) {
                            case FORBIDDEN -> quoted("sudo sshd -T | grep -E 'allowtcpforwarding|permitopen'");
                            case NOT_REACHED -> "nc -zv " + quoted(host) + " " + port;
                        }));
            case Obstacle.Broken(var host, var words) ->
                List.of(here("ssh -v -p " + way.port() + " " + quoted(way.user() + "@" + host)));
        };
    }

    private static String atJumpHost(String jumpHost, Obstacle there) {
        boolean key = there instanceof Obstacle.HostKeyUnknown || there instanceof Obstacle.HostKeyChanged;
        return (key ? "mailban trust --ssh " : "ssh -v ") + quoted(jumpHost);
    }

    private static Mending compare() {
        return onServer("for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf \"$key\"; done");
    }

    /** As the user, so that the file is theirs; sshd refuses one that others may write to. */
    private List<Mending> authorize(String user) {
        if (way.publicKey().isEmpty()) {
            return List.of(here("ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519"));
        }
        if (way.isGated()) {
            return install("--user " + quoted(user));
        }
        String script = "umask 077; mkdir -p ~/.ssh && printf '%s\\n' '"
                + way.publicKey().get() + "' >>~/.ssh/authorized_keys";
        return List.of(onServer("sudo -H -u " + quoted(user) + " sh -c " + quoted(script)));
    }

    private static Mending allow(String user, String program) {
        // sudoers(5): these have a meaning of their own there, and one line that it can't read ends all sudo.
        String name = user.replaceAll("[^A-Za-z0-9_.-]", "\\\\$0");
        // sudo reads no file with a dot in its name.
        String file = SUDOERS + program.substring(program.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_-]", "-");
        return onServer("printf '%s\\n' " + quoted(name + " ALL=(root) NOPASSWD: " + program) + " | sudo tee " + file
                + " && sudo chmod 440 " + file);
    }

    private static Mending join(String groups, String user) {
        return onServer("sudo usermod -aG " + groups + " " + quoted(user));
    }

    private static List<Mending> readable(Flaw.LogUnreadable log) {
        if (log.group().isPresent()) {
            // The journal's group too: a log may move there with the next release, as Debian 12 did it.
            String groups = log.group().get().equals("adm")
                    ? "adm,systemd-journal"
                    : log.group().get();
            return List.of(join(groups, log.user()));
        }
        List<Mending> both = new ArrayList<>();
        both.add(onServer("sudo chgrp adm " + quoted(log.path()) + " && sudo chmod g+r " + quoted(log.path())));
        both.add(join("adm", log.user()));
        return both;
    }

    /** Ends both causes: a zone of its own, and one that it remembers from its start. */
    private static List<Mending> inZone(String unit) {
        String dropIn = "/etc/systemd/system/" + unit + ".service.d";
        return List.of(
                onServer("sudo mkdir -p " + dropIn + " && printf '[Service]\\nUnsetEnvironment=TZ\\n' | sudo tee "
                        + dropIn + "/zone.conf"),
                onServer("sudo systemctl daemon-reload && sudo systemctl restart " + unit));
    }

    private String docker() {
        return way.client() instanceof Way.Behind.Container(var name)
                ? "docker exec -i " + name
                : "docker exec -i NAME";
    }

    /** What fail2ban 1.0 needs to find its own lines in the journal, where they have no level and another priority. */
    private static List<Mending> recidive(Flaw.RecidiveBlind.Source source) {
        return switch (source) {
            case JOURNAL ->
                List.of(
                        onServer("printf '%s\\n' '[Definition]' '_daemon = fail2ban(?:-server|\\.actions)?'"
                                + " 'failregex = ^%(__prefix_line)s(?:NOTICE\\s+)?\\[(?!%(_jailname)s\\])(?:.*)\\]\\s+"
                                + "Ban\\s+<HOST>\\s*$' 'journalmatch = _SYSTEMD_UNIT=fail2ban.service'"
                                + " | sudo tee /etc/fail2ban/filter.d/recidive.local"),
                        onServer("sudo fail2ban-client reload recidive"));
            case FILE ->
                List.of(
                        onServer("sudo fail2ban-client get logtarget"),
                        onServer("sudo fail2ban-client get recidive logpath"));
        };
    }

    /** Safe to run twice; from a copy of its directory, which the program's own sources hold. */
    private List<Mending> install(String options) {
        return way.publicKey()
                .map(key -> List.of(
                        here("scp -r deploy/mailserver " + quoted(way.host()) + ":"),
                        onServer("sudo sh mailserver/install " + options + " " + quoted(key))))
                .orElse(List.of());
    }

    /** A user whom the installer made needs but the right line; any other keeps what it has, and the gate gets its own. */
    private List<Mending> close(Flaw.GateOpen open) {
        if (open.gateUser().filter(open.user()::equals).isPresent()
                || !open.powers().contains(Power.SHELL)) {
            return install("--only --user " + quoted(open.user()));
        }
        String user = open.gateUser().orElse("mailban-gate");
        List<Mending> all = new ArrayList<>(install("--user " + quoted(user)));
        all.add(configured("user: " + user));
        return all;
    }
}
