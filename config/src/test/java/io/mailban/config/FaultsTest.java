package io.mailban.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each fault that a file can have, and the words that its author reads. */
final class FaultsTest {
    private static final String GOOD = "servers: [{name: mail1, host: mail1.example.org}]\n";

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> oneFault() {
        return Stream.of(
                // Keys
                row(
                        server("hots: x"),
                        "line 4: servers[0].hots: unknown key; known are name, host, user, port, key, passphrase, prefix, log_prefix, mail_log"),
                row(
                        "servers:\n- name: mail1\n  hots: x\n",
                        "line 2: servers[0]: host is missing; add one, such as host: mail1.example.org",
                        "line 3: servers[0].hots: unknown key; did you mean host?"),
                row(server("prot: 22"), "line 4: servers[0].prot: unknown key; did you mean port?"),
                row(GOOD + "aproval: {}\n", "line 2: aproval: unknown key; did you mean approval?"),
                row(
                        GOOD + "approval: {selfapproval: refused}\n",
                        "line 2: approval.selfapproval: unknown key; did you mean self_approval?"),
                row(
                        GOOD + "<<: {store: x}\n",
                        "line 2: <<: unknown key; known are servers, known_addresses, access, slack, approval, ssh, retention, store, read_only"),
                row(GOOD + "store: a\nssh: {}\nstore: b\n", "line 4: store: stands twice; it is on line 2 too"),
                row(GOOD + "? [a]\n: b\n", "line 2: a key is one word, not a list"),
                row(GOOD + "store:\n", "line 2: store: has no value; give it one, or leave the key out"),
                row(GOOD + "ssh: ~\n", "line 2: ssh: has no value; give it one, or leave the key out"),
                // Kinds
                row(
                        "servers: mail1\n",
                        "line 1: servers: expected a list, each on a line after \"- \", not a single value"),
                row(
                        "servers: [mail1]\n",
                        "line 1: servers[0]: expected keys with values, such as name: mail1, not a single value"),
                row("- a\n", "line 1: expected keys with values, such as name: mail1, not a list"),
                row(GOOD + "ssh: [a]\n", "line 2: ssh: expected keys with values, such as name: mail1, not a list"),
                row(server("port: [22]"), "line 4: servers[0].port: expected a single value, not a list"),
                row(server("user: {a: b}"), "line 4: servers[0].user: expected a single value, not a mapping"),
                row(
                        GOOD + "access: {readers: terminal:alice}\n",
                        "line 2: access.readers: expected a list, each on a line after \"- \", not a single value"),
                // Servers
                row("store: x\n", "line 1: servers: at least one server is needed, with a name and a host"),
                row("servers: []\n", "line 1: servers: at least one server is needed, with a name and a host"),
                row(
                        "servers: [{}]\n",
                        "line 1: servers[0]: name is missing; add one, such as name: mail1",
                        "line 1: servers[0]: host is missing; add one, such as host: mail1.example.org"),
                row(
                        GOOD.replace("mail1,", "-x,"),
                        "line 1: servers[0].name: expected a name of up to 40 letters, digits, . _ and -, such as mail1, not -x"),
                row(
                        GOOD.replace("mail1,", "'mail 1',"),
                        "line 1: servers[0].name: expected a name of up to 40 letters, digits, . _ and -, such as mail1, not \"mail 1\""),
                row(
                        "servers:\n- {name: a, host: x}\n- {name: b, host: x}\n- {name: a, host: y}\n",
                        "line 4: servers[2].name: another server is called a too, on line 2"),
                row(host("-oProxyCommand=x"), hostFault("-oProxyCommand=x")),
                row(host("a;reboot"), hostFault("a;reboot")),
                row(host("mail1:2222"), hostFault("mail1:2222")),
                row(host("bob@mail1"), hostFault("bob@mail1")),
                row(host("\"a\\nb\""), hostFault("a\\u000ab")),
                row(host("''"), hostFault("\"\"")),
                row(server("user: -l"), "line 4: servers[0].user: expected a login name, such as mailban, not -l"),
                row(
                        server("user: $(id)"),
                        "line 4: servers[0].user: expected a login name, such as mailban, not $(id)"),
                row(server("port: 0"), "line 4: servers[0].port: expected a port from 1 to 65535, not 0"),
                row(server("port: 65536"), "line 4: servers[0].port: expected a port from 1 to 65535, not 65536"),
                row(server("port: 22/tcp"), "line 4: servers[0].port: expected a port from 1 to 65535, not 22/tcp"),
                row(
                        server("key: ~bob/.ssh/id"),
                        "line 4: servers[0].key: expected a path that is absolute, or begins with ~/, not ~bob/.ssh/id"),
                row(server("key: ''"), "line 4: servers[0].key: expected a path, such as ~/.ssh/id_ed25519, not \"\""),
                row(
                        server("prefix: sudo -n sh -c"),
                        "line 4: servers[0].prefix: expected gate, sudo -n, docker exec -i NAME, or sudo -n docker exec -i NAME, not \"sudo -n sh -c\""),
                row(
                        server("log_prefix: docker exec -i a;b"),
                        "line 4: servers[0].log_prefix: expected sudo -n, docker exec -i NAME, or sudo -n docker exec -i NAME, not \"docker exec -i a;b\""),
                row(
                        server("prefix: gate\n  log_prefix: sudo -n"),
                        "line 5: servers[0].log_prefix: the gate lets logs be read too; leave this out beside prefix: gate"),
                // Secrets: never shown, whatever stands there
                row(
                        server("key: k\n  passphrase: hunter2"),
                        "line 5: servers[0].passphrase: a secret is written ${VARIABLE} or file:/path, never as itself in this file"),
                row(
                        server("key: k\n  passphrase: ${NOWHERE}"),
                        "line 5: servers[0].passphrase: the environment has no NOWHERE; set it where Mailban is started"),
                row(
                        server("key: k\n  passphrase: file:/nowhere"),
                        "line 5: servers[0].passphrase: there is no /nowhere, which should hold the secret"),
                row(
                        server("passphrase: ${PASS}"),
                        "line 4: servers[0].passphrase: belongs to a key; name that too, such as key: ~/.ssh/id_ed25519"),
                // The rest
                row(
                        GOOD + "known_addresses: [203.0.113.256]\n",
                        "line 2: known_addresses[0]: expected an address (203.0.113.256: 256 is over 255), not 203.0.113.256"),
                row(
                        GOOD + "known_addresses:\n- 203.0.113.7\n- 203.0.113.0/24\n",
                        "line 4: known_addresses[1]: expected a single address, such as 198.51.100.20, not 203.0.113.0/24"),
                row(
                        GOOD + "access: {approvers: [alice]}\n",
                        "line 2: access.approvers[0]: expected PLATFORM:ACCOUNT, such as terminal:alice or slack:U024BE7LH, not alice"),
                row(
                        GOOD + "access: {approvers: [irc:alice]}\n",
                        "line 2: access.approvers[0]: expected PLATFORM:ACCOUNT, such as terminal:alice or slack:U024BE7LH, not irc:alice"),
                row(
                        GOOD + "access: {same_person: [terminal:carol]}\n",
                        "line 2: access.same_person[0]: expected two accounts of one person or more, such as \"terminal:carol slack:U024BE7LH\", not terminal:carol"),
                row(
                        GOOD + "access: {same_person: [terminal:carol irc:carol]}\n",
                        "line 2: access.same_person[0]: expected PLATFORM:ACCOUNT, such as terminal:alice or slack:U024BE7LH, not \"terminal:carol irc:carol\""),
                row(
                        GOOD + "approval: {quorum: {single: 0, wide: two}}\n",
                        "line 2: approval.quorum.single: expected a number of people from 1 to 9, not 0",
                        "line 2: approval.quorum.wide: expected a number of people from 1 to 9, not two"),
                row(
                        GOOD + "approval: {self_approval: yes}\n",
                        "line 2: approval.self_approval: expected single-address or refused, not yes"),
                row(
                        GOOD + "approval: {expires_after: 30}\n",
                        "line 2: approval.expires_after: expected a duration from 1m to 7d, such as 10m or 1h30m, not 30"),
                row(
                        GOOD + "approval: {expires_after: 59s}\n",
                        "line 2: approval.expires_after: expected a duration from 1m to 7d, such as 10m or 1h30m, not 59s"),
                row(
                        GOOD + "approval: {expires_after: 30m1h}\n",
                        "line 2: approval.expires_after: expected a duration from 1m to 7d, such as 10m or 1h30m, not 30m1h"),
                row(
                        GOOD + "approval: {limit_per_hour: 0}\n",
                        "line 2: approval.limit_per_hour: expected a number from 1 to 999, not 0"),
                row(
                        GOOD + "approval: {longest_exemption: 2y}\n",
                        "line 2: approval.longest_exemption: expected a duration from 1m to 365d, such as 10m or 1h30m,"
                                + " not 2y"),
                row(GOOD + "read_only: on\n", "line 2: read_only: expected true or false, not on"),
                row(
                        GOOD + "approval: {watch_for: 2d}\n",
                        "line 2: approval.watch_for: expected a duration from 10s to 1d, such as 10m or 1h30m, not 2d"),
                row(
                        GOOD + "ssh: {deadline: 0s}\n",
                        "line 2: ssh.deadline: expected a duration from 1s to 5m, such as 10m or 1h30m, not 0s"),
                row(
                        GOOD + "store: " + "x/".repeat(40) + "~\nssh: {deadline: " + "9".repeat(70) + "}\n",
                        "line 3: ssh.deadline: expected a duration from 1s to 5m, such as 10m or 1h30m, not "
                                + "9".repeat(60) + "…"),
                row(
                        "servers: &a [{name: a, host: b}]\nknown_addresses: *a\n",
                        "line 1: known_addresses: an alias (*) can't be used in this file; write the value out"),
                row(
                        "servers: &a [*a]\n",
                        "line 1: servers[0]: an alias (*) can't be used in this file; write the value out"),
                // YAML
                row("", "holds nothing yet; it takes at least a server, as mailban.example.yml shows"),
                row(
                        "# only a comment\n",
                        "holds nothing yet; it takes at least a server, as mailban.example.yml shows"),
                row("servers:\n\t- name: x\n", "line 2: not YAML: a tab; YAML is indented with spaces alone"),
                row(
                        "store: a: b\n",
                        "line 1: not YAML: a second \": \" in one line; put the value in quotes, or check the indentation above"),
                row("store: 'a\n", "line 2: not YAML: the file ends before a quote or a bracket is closed"),
                row("servers: [a\n", "line 2: not YAML: the file ends before a quote or a bracket is closed"),
                row(
                        "store: @x\n",
                        "line 1: not YAML: found character '@' that cannot start any token; put the value in quotes"),
                row("store: *x\n", "line 1: not YAML: found undefined alias x"),
                row(
                        "a: 1\n---\nb: 2\n",
                        "line 2: not YAML: a second document begins here (---); one file is one document"),
                row("store: !!java.lang.Runtime x\n", "line 1: not YAML: a tag (!!); leave it out"),
                row(GOOD + "store: a\u0000b\n", "line 2: holds a control character, which no text file does"),
                row("[".repeat(5000), "nested deeper than any configuration of Mailban's"));
    }

    @Test
    void allAreTold() throws IOException {
        assertThat(faults("servers:\n- hots: a\n  port: x\n- name: b\nstor: x\napproval: {watch_for: 1}\n"))
                .containsExactly(
                        "line 2: servers[0]: name is missing; add one, such as name: mail1",
                        "line 2: servers[0]: host is missing; add one, such as host: mail1.example.org",
                        "line 2: servers[0].hots: unknown key; did you mean host?",
                        "line 3: servers[0].port: expected a port from 1 to 65535, not x",
                        "line 4: servers[1]: host is missing; add one, such as host: mail1.example.org",
                        "line 5: stor: unknown key; did you mean store?",
                        "line 6: approval.watch_for: expected a duration from 10s to 1d, such as 10m or 1h30m, not 1");
    }

    @Test
    void aliasBombIsOneFaultAndNotAMillionNodes() throws IOException {
        StringBuilder bomb = new StringBuilder("servers: &l0 [{name: a, host: b}]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("k").append(i).append(": &l").append(i).append(" [");
            bomb.append(("*l" + (i - 1) + ",").repeat(9))
                    .append("*l")
                    .append(i - 1)
                    .append("]\n");
        }
        bomb.append("known_addresses: *l59\n");

        assertThat(faults(bomb.toString()))
                .containsExactly("aliases (*) can't be used in this file; write the values out");
    }

    @Test
    void whatIsNoTextIsSaidSo() throws IOException {
        Path file = directory.resolve("mailban.yml");
        Files.write(file, new byte[] {'a', ':', '\n', (byte) 0xff, (byte) 0xfe});
        assertThat(read(file)).containsExactly("line 2: not UTF-8; save the file as UTF-8 text");

        Files.write(file, new byte[2 << 20]);
        assertThat(read(file)).containsExactly("larger than 1 MiB; this can't be Mailban's configuration");

        assertThat(read(directory)).containsExactly("can't be read: it is a directory");
    }

    @Test
    void aMissingFileIsNoFault() {
        Path file = directory.resolve("nowhere.yml");

        assertThat(ConfigReader.read(file, Map.of())).isEqualTo(new ConfigReading.Missing(file));
    }

    @Test
    void aFaultHasItsPartsForPrograms() throws IOException {
        Path file = directory.resolve("mailban.yml");
        Files.writeString(file, server("port: 0"));

        assertThat(ConfigReader.read(file, Map.of()))
                .isEqualTo(new ConfigReading.Faulty(
                        file, List.of(new Fault(4, "servers[0].port", "0", "expected a port from 1 to 65535, not 0"))));
    }

    private DynamicTest row(String yaml, String... expected) {
        return DynamicTest.dynamicTest(
                yaml.lines().reduce((_, last) -> last).orElse("(nothing)"),
                () -> assertThat(faults(yaml)).containsExactly(expected));
    }

    private static String server(String line) {
        return "servers:\n- name: mail1\n  host: mail1\n  " + line + "\n";
    }

    private static String host(String host) {
        return "servers:\n- name: mail1\n  host: " + host + "\n";
    }

    private static String hostFault(String shown) {
        return "line 3: servers[0].host: expected a host name, an address, or an alias of ~/.ssh/config (the port has a"
                + " key of its own), not " + shown;
    }

    private List<String> faults(String yaml) throws IOException {
        Path file = directory.resolve("mailban.yml");
        Files.writeString(file, yaml);
        return read(file);
    }

    private static List<String> read(Path file) {
        return switch (ConfigReader.read(file, Map.of("PASS", "hunter2"))) {
            case ConfigReading.Faulty faulty ->
                faulty.faults().stream().map(Fault::sentence).toList();
            case ConfigReading.Read _ -> List.of("read");
            case ConfigReading.Missing _ -> List.of("missing");
        };
    }
}
