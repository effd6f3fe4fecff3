package io.mailban.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.access.Verdict;
import io.mailban.approval.Quorum;
import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.config.ServerSettings.Login;
import io.mailban.config.ServerSettings.Prefix;
import io.mailban.restraint.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
    private static final PersonId ROOT = PersonId.of("terminal:root");

    @TempDir
    private Path directory;

    @Test
    void fiveLinesAreEnough() throws IOException {
        Settings settings = read("""
                servers:
                  - name: mail1
                    host: mail1.example.org
                    user: mailban
                """);

        assertThat(settings.servers())
                .containsExactly(new ServerSettings(
                        new ServerName("mail1"),
                        new Login(
                                "mail1.example.org",
                                Optional.of("mailban"),
                                OptionalInt.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Prefix.NONE,
                        Prefix.NONE,
                        Optional.empty()));
        assertThat(settings.approval())
                .isEqualTo(new Settings.ApprovalSettings(
                        SelfApproval.SINGLE_ADDRESS,
                        new Quorum(1, 2),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(10),
                        20,
                        Duration.ofDays(30)));
        assertThat(settings.mode()).isEqualTo(new Mode.ReadsAndWrites());
        assertThat(settings.ssh())
                .isEqualTo(new Settings.SshSettings(Optional.empty(), Optional.empty(), Duration.ofSeconds(15)));
        assertThat(settings.knownAddresses()).isEmpty();
        assertThat(settings.store()).isEqualTo(Path.of("/home/alice/.local/state/mailban/mailban.db"));
    }

    @Test
    void theGateStandsBeforeLogsToo() throws IOException {
        ServerSettings server =
                read("servers: [{name: a, host: b, prefix: gate}]\n").servers().getFirst();

        assertThat(server.prefix()).isEqualTo(Prefix.GATE);
        assertThat(server.logPrefix()).isEqualTo(Prefix.GATE);
    }

    @Test
    void withoutAccessTheTerminalHoldsEveryRoleAndNobodyElseAny() throws IOException {
        var policy = read("servers: [{name: a, host: b}]\n").policy(ROOT);

        for (Role role : Role.values()) {
            assertThat(policy.decide(new Person(ROOT, "root"), role)).isInstanceOf(Verdict.Allowed.class);
            assertThat(policy.decide(new Person(PersonId.of("slack:root"), "root"), role))
                    .isInstanceOf(Verdict.Refused.class);
        }
    }

    @Test
    void withAccessThoseNamedHoldTheirRolesAndTheTerminalNone() throws IOException {
        var policy = read("""
                servers: [{name: a, host: b}]
                access:
                  readers: [terminal:alice, "slack:U024BE7LH", terminal:alice]
                  approvers: []
                """).policy(ROOT);

        assertThat(policy.holders(Role.READER))
                .containsExactlyInAnyOrder(PersonId.of("terminal:alice"), PersonId.of("slack:U024BE7LH"));
        assertThat(policy.holders(Role.HELPER)).isEmpty();
        assertThat(policy.holders(Role.APPROVER)).isEmpty();
    }

    @Test
    void accountsOfOnePersonAreOnePerson() throws IOException {
        var policy = read("""
                servers: [{name: a, host: b}]
                access:
                  same_person: [terminal:carol slack:U024BE7LH  discord:17]
                """).policy(ROOT);
        var carol = new Person(PersonId.of("terminal:carol"), "carol");

        assertThat(policy.areOne(carol, new Person(PersonId.of("discord:17"), "c")))
                .isTrue();
        assertThat(policy.areOne(carol, new Person(PersonId.of("slack:carol"), "carol")))
                .isFalse();
    }

    @Test
    void theQuorumIsRead() throws IOException {
        assertThat(read("servers: [{name: a, host: b}]\napproval: {quorum: {wide: 3}}\n")
                        .approval()
                        .quorum())
                .isEqualTo(new Quorum(1, 3));
    }

    @Test
    void valuesAreTakenAsTheyAreWrittenNotAsYamlUnderstandsThem() throws IOException {
        Settings settings = read("servers: [{name: no, host: 0x1F, user: 1_0, port: '022'}, {name: 08, host: on}]\n");

        assertThat(settings.servers())
                .extracting(server -> server.name().name())
                .containsExactly("no", "08");
        assertThat(settings.servers())
                .extracting(server -> server.login().host())
                .containsExactly("0x1F", "on");
        assertThat(settings.servers().getFirst().login().user()).contains("1_0");
        assertThat(settings.servers().getFirst().login().port()).hasValue(22);
    }

    @Test
    void addressesAreCanonical() throws IOException {
        Settings settings = read(
                "servers: [{name: a, host: '2001:DB8:0::7'}]\nknown_addresses: ['2001:DB8::0:7', '::ffff:203.0.113.7']\n");

        assertThat(settings.servers().getFirst().login().host()).isEqualTo("2001:db8::7");
        assertThat(settings.knownAddresses())
                .containsExactlyInAnyOrder(Address.of("2001:db8::7"), Address.of("203.0.113.7"));
    }

    @Test
    void pathsBeginAtTheHomeOrAtTheFile() throws IOException {
        Settings settings = read("""
                servers: [{name: a, host: b, key: ~/.ssh/id}]
                ssh: {config: ./ssh_config, known_hosts: /etc/ssh/known}
                store: ../mailban.db
                """);

        assertThat(settings.servers().getFirst().login().key()).contains(Path.of("/home/alice/.ssh/id"));
        assertThat(settings.ssh().config()).contains(directory.resolve("ssh_config"));
        assertThat(settings.ssh().knownHosts()).contains(Path.of("/etc/ssh/known"));
        assertThat(settings.store()).isEqualTo(directory.resolveSibling("mailban.db"));
    }

    @Test
    void secretsComeFromTheEnvironmentAndFromFilesAndAreNeverShown() throws IOException {
        Files.writeString(directory.resolve("pass"), "correct horse\n");
        Settings settings = read("""
                servers:
                - {name: a, host: b, key: k, passphrase: '${PASS}'}
                - {name: c, host: d, key: k, passphrase: 'file:pass'}
                """);

        assertThat(settings.servers())
                .extracting(server ->
                        new String(server.login().passphrase().orElseThrow().reveal()))
                .containsExactly("hunter2", "correct horse");
        assertThat(settings.toString()).contains("(secret)").doesNotContain("hunter2", "correct horse");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNothing() throws IOException {
        assertThat(read("\ufeffservers:\r\n  - name: a\r\n    host: b\r\n").servers())
                .hasSize(1);
    }

    @Test
    void xdgDirectoriesAreHonouredWhereTheyAreAbsolute() {
        var places = Places.of(Map.of("HOME", "/home/alice", "XDG_CONFIG_HOME", "/cfg", "XDG_STATE_HOME", "state"));

        assertThat(places.configFile()).isEqualTo(Path.of("/cfg/mailban/mailban.yml"));
        assertThat(places.storeFile()).isEqualTo(Path.of("/home/alice/.local/state/mailban/mailban.db"));
    }

    private Settings read(String yaml) throws IOException {
        Path file = directory.resolve("mailban.yml");
        Files.writeString(file, yaml);
        var reading = ConfigReader.read(file, Map.of("HOME", "/home/alice", "PASS", "hunter2"));
        assertThat(reading).isInstanceOf(ConfigReading.Read.class);
        return ((ConfigReading.Read) reading).settings();
    }
}
