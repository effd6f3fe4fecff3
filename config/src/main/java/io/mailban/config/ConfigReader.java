package io.mailban.config;

import io.mailban.access.SelfApproval;
import io.mailban.approval.Quorum;
import io.mailban.ban.Address;
import io.mailban.ban.AddressReading;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import io.mailban.config.Settings.ApprovalSettings;
import io.mailban.config.Settings.SshSettings;
import io.mailban.privacy.Retention;
import io.mailban.restraint.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code mailban.yml}: every fault of it at once, or settings that need no further check. */
public final class ConfigReader {
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");

    private final Notes notes = new Notes();
    private final Places places;
    private final Paths paths;
    private final ServerReader servers;
    private final SlackReader slack;

    private ConfigReader(Path file, Map<String, String> env) {
        Path absolute = file.toAbsolutePath();
        this.places = Places.of(env);
        this.paths = new Paths(places.home(), absolute.resolveSibling("").normalize());
        Secrets secrets = new Secrets(env, paths);
        this.servers = new ServerReader(paths, secrets);
        this.slack = new SlackReader(secrets);
    }

    /**
     * Reads a file.
     *
     * @param env the environment: {@code HOME}, the XDG directories, and whatever the file names as {@code ${NAME}}
     */
    public static ConfigReading read(Path file, Map<String, String> env) {
        return read(file, env, new HashSet<>());
    }

    /** What a file with nothing but these servers would say: for {@code --ssh}, which needs none. */
    public static Settings defaults(List<ServerSettings> servers, Map<String, String> env) {
        return new Settings(
                servers,
                Set.of(),
                new AccessSettings.TerminalOnly(),
                Optional.empty(),
                approvalDefaults(),
                sshDefaults(),
                retentionDefaults(),
                Places.of(env).storeFile(),
                new Mode.ReadsAndWrites());
    }

    /** Tells which keys it asked for. */
    static ConfigReading read(Path file, Map<String, String> env, Set<String> asked) {
        if (Files.notExists(file)) {
            return new ConfigReading.Missing(file);
        }
        ConfigReader reader = new ConfigReader(file, env);
        Optional<Settings> settings = Document.read(file, reader.notes)
                .flatMap(root -> Section.read(reader.notes, "", root, reader::settings));
        asked.addAll(reader.notes.asked());
        List<Fault> faults = reader.notes.faults();
        return faults.isEmpty() && settings.isPresent()
                ? new ConfigReading.Read(settings.get())
                : new ConfigReading.Faulty(file, faults);
    }

    /** Where there was a fault, the settings hold a default instead and are not used. */
    private Settings settings(Section root) {
        List<ServerSettings> all = servers(root);
        Set<Address> known =
                Set.copyOf(root.values("known_addresses", ConfigReader::address).orElse(List.of()));
        AccessSettings access = root.section("access", AccessReader::read).orElseGet(AccessSettings.TerminalOnly::new);
        Optional<SlackSettings> inSlack = root.section("slack", slack::read).flatMap(found -> found);
        if (root.has("slack") && !access.platforms().contains("slack")) {
            // Everybody would be refused there, and wonder why.
            root.fault(
                    "access",
                    "nobody in Slack may ask anything yet; give the roles to members or user groups, such as readers:"
                            + " [slack:U024BE7LH], and to terminal:NAME for yourself in a shell");
        }
        return new Settings(
                all,
                known,
                access,
                inSlack,
                root.section("approval", ConfigReader::approval).orElse(approvalDefaults()),
                root.section("ssh", this::ssh).orElse(sshDefaults()),
                root.section("retention", ConfigReader::retention).orElse(retentionDefaults()),
                root.value("store", paths::read).orElse(places.storeFile()),
                root.value("read_only", ConfigReader::mode).orElseGet(Mode.ReadsAndWrites::new));
    }

    private List<ServerSettings> servers(Section root) {
        Map<ServerName, Integer> lines = new HashMap<>();
        Optional<List<ServerSettings>> found = root.sections("servers", section -> {
            Optional<ServerSettings> server = servers.read(section);
            server.ifPresent(one -> {
                Integer first = lines.putIfAbsent(one.name(), section.line("name"));
                if (first != null) {
                    section.fault("name", "another server is called " + one.name() + " too, on line " + first);
                }
            });
            return server;
        });
        List<ServerSettings> all = found.orElse(List.of());
        if (all.isEmpty()
                && notes.faults().stream().noneMatch(fault -> fault.key().startsWith("servers"))) {
            root.fault("servers", "at least one server is needed, with a name and a host");
        }
        return all;
    }

    private static ApprovalSettings approval(Section section) {
        ApprovalSettings defaults = approvalDefaults();
        return new ApprovalSettings(
                section.value("self_approval", ConfigReader::selfApproval).orElse(defaults.selfApproval()),
                section.section("quorum", ConfigReader::quorum).orElse(defaults.quorum()),
                section.value("expires_after", Durations.between("1m", "7d")).orElse(defaults.expiresAfter()),
                section.value("watch_for", Durations.between("10s", "1d")).orElse(defaults.watchFor()),
                section.value("limit_per_hour", ConfigReader::limit).orElse(defaults.limitPerHour()),
                section.value("longest_exemption", Durations.between("1m", "365d"))
                        .orElse(defaults.longestExemption()));
    }

    private static Quorum quorum(Section section) {
        return new Quorum(
                section.value("single", ConfigReader::people).orElse(Quorum.DEFAULT.single()),
                section.value("wide", ConfigReader::people).orElse(Quorum.DEFAULT.wide()));
    }

    private static ApprovalSettings approvalDefaults() {
        return new ApprovalSettings(
                SelfApproval.SINGLE_ADDRESS,
                Quorum.DEFAULT,
                Duration.ofMinutes(30),
                Duration.ofMinutes(10),
                20,
                Duration.ofDays(30));
    }

    private SshSettings ssh(Section section) {
        SshSettings defaults = sshDefaults();
        return new SshSettings(
                section.value("config", paths::read),
                section.value("known_hosts", paths::read),
                section.value("deadline", Durations.between("1s", "5m")).orElse(defaults.deadline()));
    }

    private static SshSettings sshDefaults() {
        return new SshSettings(Optional.empty(), Optional.empty(), Duration.ofSeconds(15));
    }

    private static Retention retention(Section section) {
        Retention defaults = retentionDefaults();
        Section.Parsing<Duration> span = Durations.between("1d", "3650d");
        return new Retention(
                section.value("unknown_addresses", span).orElse(defaults.unknownAddresses()),
                section.value("known_users", span).orElse(defaults.knownUsers()),
                section.value("decisions", span).orElse(defaults.decisions()));
    }

    private static Retention retentionDefaults() {
        return new Retention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365));
    }

    private static SelfApproval selfApproval(String text) throws Unfit {
        return switch (text) {
            case "single-address" -> SelfApproval.SINGLE_ADDRESS;
            case "refused" -> SelfApproval.REFUSED;
            default -> throw new Unfit("single-address or refused");
        };
    }

    private static int people(String text) throws Unfit {
        if (!text.matches("[1-9]")) {
            throw new Unfit("a number of people from 1 to 9");
        }
        return Integer.parseInt(text);
    }

    private static Mode mode(String text) throws Unfit {
        return switch (text) {
            case "true" -> new Mode.ConfiguredReadOnly();
            case "false" -> new Mode.ReadsAndWrites();
            default -> throw new Unfit("true or false");
        };
    }

    private static int limit(String text) throws Unfit {
        if (!LIMIT.matcher(text).matches()) {
            throw new Unfit("a number from 1 to 999");
        }
        return Integer.parseInt(text);
    }

    private static Address address(String text) throws Unfit {
        if (Network.find(text).isPresent()) {
            throw new Unfit("a single address, such as 198.51.100.20");
        }
        return switch (AddressReading.of(text)) {
            case AddressReading.Read(var address) -> address;
            case AddressReading.Refused(var why) -> throw new Unfit("an address (" + why + ")");
        };
    }
}
