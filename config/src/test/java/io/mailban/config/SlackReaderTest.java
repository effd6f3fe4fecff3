package io.mailban.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.GroupId;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.Verdict;
import io.mailban.chat.Naming;
import io.mailban.config.SlackSettings.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What {@code slack} says, and the words that its author reads where it is wrong. */
final class SlackReaderTest {
    private static final String GOOD = """
            servers: [{name: mail1, host: mail1.example.org}]
            access: {readers: [slack:S0614TZR7], approvers: ['slack:U024BE7LH', terminal:root]}
            """;
    private static final String TOKENS = "  bot_token: ${BOT}\n  app_token: ${APP}\n";
    private static final String PLACES = "  workspaces: [T024BE7LD]\n  channels: [C024BE91L, C061EG9SL]\n";

    private static final Map<String, String> ENV = Map.of(
            "HOME", "/home/alice",
            "BOT", "xoxb-17-bot",
            "APP", "xapp-1-app",
            "USERS", "xoxp-user",
            "ROTATING", "xoxe.xoxb-1-rotating",
            "SIGNING", "0123456789abcdef0123456789abcdef",
            "BROKEN", "xoxb-17\nbot");

    @TempDir
    private Path directory;

    @Test
    void nineLinesAreEnough() throws IOException {
        SlackSettings slack = read(GOOD + "slack:\n" + TOKENS + PLACES).slack().orElseThrow();

        assertThat(new String(slack.botToken().reveal())).isEqualTo("xoxb-17-bot");
        assertThat(slack.transport())
                .isInstanceOfSatisfying(
                        Transport.Socket.class,
                        socket -> assertThat(new String(socket.appToken().reveal()))
                                .isEqualTo("xapp-1-app"));
        assertThat(slack.workspaces()).containsExactly("T024BE7LD");
        assertThat(slack.channels()).containsExactlyInAnyOrder("C024BE91L", "C061EG9SL");
        assertThat(slack.requests()).isEqualTo("C024BE91L");
        assertThat(slack.naming()).isEqualTo(Naming.MASKED);
        assertThat(slack.api()).isEqualTo(URI.create("https://slack.com/api/"));
        assertThat(slack.toString()).doesNotContain("xoxb", "xapp");
    }

    @Test
    void whatIsSaidIsTaken() throws IOException {
        SlackSettings slack = read(GOOD + "slack:\n  bot_token: ${BOT}\n" + PLACES + """
                  http: {signing_secret: '${SIGNING}', listen: '[::1]:8080'}
                  requests: C061EG9SL
                  names: full
                  api: http://127.0.0.1:4000/api
                """)
                .slack()
                .orElseThrow();

        assertThat(slack.transport()).isInstanceOfSatisfying(Transport.Http.class, http -> {
            assertThat(http.listen()).isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("::1"), 8080));
            assertThat(new String(http.signingSecret().reveal())).isEqualTo(ENV.get("SIGNING"));
        });
        assertThat(slack.requests()).isEqualTo("C061EG9SL");
        assertThat(slack.naming()).isEqualTo(Naming.FULL);
        assertThat(slack.api()).as("with its last slash").isEqualTo(URI.create("http://127.0.0.1:4000/api/"));
    }

    @Test
    void overHttpItListensOnThisMachineAlone() throws IOException {
        SlackSettings slack = read(GOOD + "slack:\n  bot_token: ${BOT}\n  http: {signing_secret: '${SIGNING}'}\n"
                        + PLACES)
                .slack()
                .orElseThrow();

        assertThat(slack.transport())
                .isInstanceOfSatisfying(
                        Transport.Http.class,
                        http -> assertThat(http.listen())
                                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 3000)));
    }

    @Test
    void aGroupsMembersHoldItsRolesWhileTheyAreInIt() throws IOException {
        Settings settings = read(GOOD);
        Set<PersonId> members = new HashSet<>();
        var group = new GroupId("slack", "S0614TZR7");
        var policy = settings.policy(
                PersonId.of("terminal:root"), asked -> Optional.of(asked.equals(group) ? members : Set.of()));
        var bob = new Person(PersonId.of("slack:U1"), "bob");

        assertThat(settings.groups()).containsExactly(group);
        assertThat(policy.decide(bob, Role.READER)).isInstanceOf(Verdict.Refused.class);
        members.add(bob.id());
        assertThat(policy.decide(bob, Role.READER)).isInstanceOf(Verdict.Allowed.class);
        assertThat(policy.decide(bob, Role.APPROVER)).isInstanceOf(Verdict.Refused.class);
        members.clear();
        assertThat(policy.decide(bob, Role.READER)).isInstanceOf(Verdict.Refused.class);
        assertThat(policy.holders(Role.APPROVER))
                .containsExactlyInAnyOrder(PersonId.of("slack:U024BE7LH"), PersonId.of("terminal:root"));
    }

    @TestFactory
    Stream<DynamicTest> oneFault() {
        return Stream.of(
                // Tokens: what is found is never shown
                row(
                        "  bot_token: xoxb-17-bot\n  app_token: ${APP}\n" + PLACES,
                        "line 4: slack.bot_token: a secret is written ${VARIABLE} or file:/path, never as itself in this"
                                + " file"),
                row(
                        "  bot_token: ${APP}\n  app_token: ${BOT}\n" + PLACES,
                        "line 4: slack.bot_token: what is there is an app-level token; expected a bot token: on the app's"
                                + " page, OAuth & Permissions, Bot User OAuth Token (xoxb-…)",
                        "line 5: slack.app_token: what is there is a bot token; expected an app-level token: on the app's"
                                + " page, Basic Information, App-Level Tokens, with connections:write (xapp-…)"),
                row(
                        "  bot_token: ${USERS}\n  app_token: ${SIGNING}\n" + PLACES,
                        "line 4: slack.bot_token: what is there is a user's token; expected a bot token: on the app's"
                                + " page, OAuth & Permissions, Bot User OAuth Token (xoxb-…)",
                        "line 5: slack.app_token: what is there is a signing secret or a client secret; expected an"
                                + " app-level token: on the app's page, Basic Information, App-Level Tokens, with"
                                + " connections:write (xapp-…)"),
                row(
                        "  bot_token: ${ROTATING}\n  http: {signing_secret: '${BOT}'}\n" + PLACES,
                        "line 4: slack.bot_token: what is there is a token that ends within hours (token rotation, which"
                                + " the manifest leaves off); expected a bot token: on the app's page, OAuth &"
                                + " Permissions, Bot User OAuth Token (xoxb-…)",
                        "line 5: slack.http.signing_secret: what is there is a bot token; expected the app's signing"
                                + " secret: on its page, Basic Information, App Credentials"),
                row(
                        "  bot_token: ${BROKEN}\n  app_token: ${APP}\n" + PLACES,
                        "line 4: slack.bot_token: what is there holds a space or a line break, which no token does;"
                                + " expected a bot token: on the app's page, OAuth & Permissions, Bot User OAuth Token"
                                + " (xoxb-…)"),
                // Over what
                row(
                        "  bot_token: ${BOT}\n" + PLACES,
                        "line 4: slack.app_token: app_token is missing; add one, such as app_token:"
                                + " file:/etc/mailban/slack-app-token, for a socket that the bot opens (Socket Mode), or"
                                + " http with a signing_secret instead"),
                row(
                        TOKENS + PLACES + "  http: {signing_secret: '${SIGNING}'}\n",
                        "line 8: slack.http: stands beside app_token, and Slack sends over one of them alone; leave the"
                                + " other out"),
                row(
                        "  bot_token: ${BOT}\n  http: {listen: 3000}\n" + PLACES,
                        "line 5: slack.http.listen: expected an address of this machine and a port, such as"
                                + " 127.0.0.1:3000 or [::1]:3000, not 3000",
                        "line 5: slack.http: signing_secret is missing; add one, such as signing_secret:"
                                + " file:/etc/mailban/slack-signing-secret"),
                // Ids
                row(
                        TOKENS,
                        "line 4: slack: workspaces is missing; add one, such as workspaces: [T024BE7LD]",
                        "line 4: slack: channels is missing; add one, such as channels: [C024BE91L]"),
                row(
                        TOKENS + "  workspaces: [example]\n  channels: []\n",
                        "line 6: slack.workspaces[0]: expected a workspace's id, such as T024BE7LD (in a browser, Slack's"
                                + " address is app.slack.com/client/T…/C…), not example",
                        "line 7: slack.channels: holds none; add one, such as channels: [C024BE91L]"),
                row(
                        TOKENS + "  workspaces: [T1]\n  channels: ['#mail', D024BE91L]\n",
                        "line 7: slack.channels[0]: expected a channel's id, such as C024BE91L (in Slack: the channel's"
                                + " name, About, at the bottom; a name could be given to another), not #mail",
                        "line 7: slack.channels[1]: expected a channel's id, such as C024BE91L; direct messages need no"
                                + " entry, not D024BE91L"),
                row(
                        TOKENS + PLACES + "  requests: C1\n",
                        "line 8: slack.requests: requests are shown in one of channels; add C1 there, or name another"),
                // The rest
                row(TOKENS + PLACES + "  names: on\n", "line 8: slack.names: expected masked or full, not on"),
                row(
                        TOKENS + PLACES + "  api: http://slack.com/api/\n",
                        "line 8: slack.api: expected an https address, such as https://slack.com/api/, or http to this"
                                + " machine itself, not http://slack.com/api/"),
                row(
                        TOKENS + PLACES + "  chanels: [C1]\n",
                        "line 8: slack.chanels: unknown key; known are bot_token, app_token, http, workspaces, channels,"
                                + " requests, names, api"));
    }

    @Test
    void whereNobodyInSlackHoldsARoleItIsSaid() throws IOException {
        String nobody = ": nobody in Slack may ask anything yet; give the roles to members or user groups, such as"
                + " readers: [slack:U024BE7LH], and to terminal:NAME for yourself in a shell";
        String server = "servers: [{name: a, host: b}]\n";
        String slack = "slack:\n" + TOKENS + PLACES;

        assertThat(faults(server + slack)).containsExactly("line 1: access" + nobody);
        assertThat(faults(server + slack + "access: {readers: [terminal:alice]}\n"))
                .containsExactly("line 7: access" + nobody);
    }

    @TestFactory
    Stream<DynamicTest> oneFaultOfAccess() {
        String member =
                "expected a member's id, such as slack:U024BE7LH (in Slack: the profile, ⋮, Copy member ID), or a"
                        + " user group's, such as slack:S0614TZR7 (the group, ⋮, Copy group ID), not ";
        return Stream.of(
                access("{readers: [slack:alice]}", "readers[0]: " + member + "slack:alice"),
                access("{readers: ['slack:@admins']}", "readers[0]: " + member + "slack:@admins"),
                access("{readers: ['slack:C024BE91L']}", "readers[0]: " + member + "slack:C024BE91L"),
                access(
                        "{approvers: ['discord:role/1']}",
                        "approvers[0]: expected an account's id, such as discord:80351110224678912, not discord:role/1"),
                access(
                        "{same_person: [terminal:carol slack:S1]}",
                        "same_person[0]: expected accounts of one person; a group is several, not \"terminal:carol"
                                + " slack:S1\""));
    }

    private DynamicTest row(String slack, String... expected) {
        return DynamicTest.dynamicTest(
                slack, () -> assertThat(faults(GOOD + "slack:\n" + slack)).containsExactly(expected));
    }

    private DynamicTest access(String access, String expected) {
        return DynamicTest.dynamicTest(
                access,
                () -> assertThat(faults("servers: [{name: a, host: b}]\naccess: " + access + "\n"))
                        .containsExactly("line 2: access." + expected));
    }

    private Settings read(String yaml) throws IOException {
        ConfigReading reading = reading(yaml);
        assertThat(reading).isInstanceOf(ConfigReading.Read.class);
        return ((ConfigReading.Read) reading).settings();
    }

    private List<String> faults(String yaml) throws IOException {
        return switch (reading(yaml)) {
            case ConfigReading.Faulty faulty ->
                faulty.faults().stream().map(Fault::sentence).toList();
            case ConfigReading.Read _ -> List.of("read");
            case ConfigReading.Missing _ -> List.of("missing");
        };
    }

    private ConfigReading reading(String yaml) throws IOException {
        Path file = directory.resolve("mailban.yml");
        Files.writeString(file, yaml);
        return ConfigReader.read(file, ENV);
    }
}
