package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.sun.net.httpserver.HttpServer;
import io.mailban.access.GroupId;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.chat.Card;
import io.mailban.chat.InMemoryDeliveries;
import io.mailban.chat.Naming;
import io.mailban.chat.Span;
import io.mailban.examination.Examination.Verdict;
import io.mailban.examination.Mending;
import io.mailban.examination.SlackExamination;
import io.mailban.examination.SlackFlaw.Scope;
import io.mailban.examination.SlackMendings;
import io.mailban.reply.ReplyWriter;
import io.mailban.slack.SlackSetup.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that can be wrong with a Slack app, broken on purpose once, and what is said of it. */
final class SlackDoctorTest {
    private static final List<Scope> SCOPES = List.of(
            new Scope("commands", "hears /mailban"),
            new Scope("chat:write", "answers"),
            new Scope("app_mentions:read", "hears mentions"),
            new Scope("im:history", "hears direct messages"),
            new Scope("im:read", ""),
            new Scope("im:write", ""),
            new Scope("users:read", "refuses guests"),
            new Scope("usergroups:read", "knows who is in groups"),
            new Scope("channels:read", "sees who reads a channel"),
            new Scope("groups:read", "sees the same"));

    private final FakeSlack slack = FakeSlack.start();

    private Map<Role, Set<PersonId>> people = Map.of(
            Role.READER, Set.of(person("U0ALICE"), new PersonId("terminal", "alice")),
            Role.REQUESTER, Set.of(person("U0ALICE")),
            Role.APPROVER, Set.of(person("U0DAVE")));
    private Map<Role, Set<GroupId>> groups = Map.of(Role.APPROVER, Set.of(new GroupId("slack", "S0MAILADMINS")));

    @AfterEach
    void stop() {
        slack.close();
    }

    @Test
    void allIsWell() {
        SlackExamination found = examine(slack.setup());
        assertThat(lines(found))
                .containsExactly(
                        "✓ bot token: it is mailban (U0MAILBAN) in the workspace Example (T0EXAMPLE)",
                        "✓ scopes: all 10 that the manifest asks for",
                        "✓ workspace: people of Example may speak to it",
                        "✓ app token: Slack gives out a socket for it (connections:write)",
                        "✓ channel: the bot is in #mail-requests (C0REQUESTS), which shows every request",
                        "✓ channel: the bot is in #mail (C0MAIL)",
                        "✓ person: alice (U0ALICE): reader, requester",
                        "✓ person: dave (U0DAVE): approver",
                        "✓ group: @s0mailadmins (S0MAILADMINS), 1 member: approver",
                        "✓ roles: held by somebody in Slack: reader, requester, approver");
        assertThat(found.verdict()).isEqualTo(Verdict.WELL);
        assertThat(slack.bodies("chat.postMessage")).as("it says nothing there").isEmpty();
    }

    @Test
    void aMissingScopeIsNamedWithItsReasonAndWhereToReinstall() {
        slack.workspace().revoke("usergroups:read");
        SlackExamination found = examine(slack.setup());
        assertThat(lines(found))
                .contains(
                        "✗ scopes: missing: usergroups:read (knows who is in groups); reinstall the app to the workspace",
                        "– group: not tried: a scope is missing for it");
        assertThat(mendings(found)).anyMatch(line -> line.endsWith("Install App → Reinstall to Workspace"));
        assertThat(found.verdict()).isEqualTo(Verdict.TO_MEND);
    }

    @Test
    void withoutTheScopesForItChannelsAndPeopleAreNotTried() {
        slack.workspace().revoke("groups:read");
        slack.workspace().revoke("users:read");
        assertThat(lines(examine(slack.setup())))
                .contains(
                        "– channel: not tried: a scope is missing for it",
                        "– person: not tried: a scope is missing for it")
                .noneMatch(line -> line.contains("nobody in Slack"));
    }

    @Test
    void moreThanTheManifestAsksForIsNamedAndNoFault() {
        SlackExamination found = SlackDoctor.examine(
                slack.setup(),
                new SlackDoctor.Wanted(
                        SCOPES.stream()
                                .filter(scope -> !scope.name().startsWith("im:w"))
                                .toList(),
                        people,
                        groups));
        assertThat(lines(found))
                .contains("! scopes: more than the manifest asks for, which the bot never uses: im:write");
        assertThat(found.verdict()).isEqualTo(Verdict.WELL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xapp-1-A0-secret | ✗ bot token: bot_token holds an app-level token (xapp-…); expected a bot token (xoxb-…)",
                "xoxp-1-secret | ✗ bot token: bot_token holds a user's token (xoxp-…); expected a bot token (xoxb-…)",
                "xoxe.xoxb-1-secret | ✗ bot token: bot_token holds a token that ends within hours (xoxe-…); expected a bot token (xoxb-…)",
                "xoxb-old-secret | ✗ bot token: Slack refuses bot_token (invalid_auth)",
            })
    void aBotTokenThatIsNoneIsToldAndNeverShown(String token, String line) {
        SlackExamination found = examine(with(token, () -> slack.appToken().toCharArray()));
        assertThat(lines(found))
                .contains(
                        line,
                        "– scopes: not tried: Slack did not take the bot token",
                        "✓ app token: Slack gives out a socket for it (connections:write)",
                        "– channel: not tried: Slack did not take the bot token");
        assertThat(String.join("\n", lines(found)) + mendings(found)).doesNotContain("secret");
        assertThat(found.verdict()).isEqualTo(Verdict.TO_MEND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xoxb-1-secret | ✗ app token: app_token holds a bot token (xoxb-…); expected an app-level token (xapp-…)",
                "xapp-old-secret | ✗ app token: Slack refuses app_token (invalid_auth)",
            })
    void anAppTokenThatIsNoneIsToldAndNeverShown(String token, String line) {
        SlackExamination found = examine(with(slack.botToken(), token::toCharArray));
        assertThat(lines(found)).contains(line);
        assertThat(mendings(found)).anyMatch(mending -> mending.contains("App-Level Tokens → Generate"));
        assertThat(String.join("\n", lines(found)) + mendings(found)).doesNotContain("secret");
    }

    @Test
    void aTokenThatCanNotBeReadIsToldAndTheOtherTriedAllTheSame() {
        SlackExamination found = examine(with(slack.botToken(), () -> {
            throw new IllegalStateException("no file /etc/mailban/slack-app-token");
        }));
        assertThat(lines(found))
                .contains(
                        "✗ app token: app_token can't be read: no file /etc/mailban/slack-app-token",
                        "✓ scopes: all 10 that the manifest asks for");
    }

    @Test
    void anAppTokenWithoutItsScopeIsTold() {
        slack.next("apps.connections.open", new Mishap.Refused("missing_scope"));
        assertThat(lines(examine(slack.setup())))
                .contains("✗ app token: app_token lacks connections:write, and opens no socket without it");
    }

    @Test
    void anotherWorkspaceThanTheConfiguredOneIsNamed() {
        SlackSetup setup = slack.setup();
        SlackExamination found = examine(new SlackSetup(
                setup.botToken(),
                setup.transport(),
                setup.api(),
                Set.of("T0OTHER"),
                setup.channels(),
                setup.requests(),
                Naming.MASKED));
        assertThat(lines(found))
                .contains(
                        "✗ workspace: the app is installed in Example (T0EXAMPLE), and workspaces names T0OTHER alone:"
                                + " everybody there is refused");
        assertThat(mendings(found)).contains("workspaces: [T0EXAMPLE]");
    }

    @Test
    void eachFaultOfAChannelIsNamedWithWhatToTypeThere() {
        slack.workspace().leave("C0MAIL");
        slack.workspace().channel("C0OLD", "old");
        slack.workspace().flag("C0OLD", "is_archived", Boolean.TRUE);
        slack.workspace().channel("C0WORLD", "world");
        slack.workspace().share("C0WORLD");
        slack.workspace().channel("C0ALL", "all");
        slack.workspace().open("C0ALL");
        SlackSetup setup = slack.setup();
        SlackExamination found = examine(new SlackSetup(
                setup.botToken(),
                setup.transport(),
                setup.api(),
                setup.workspaces(),
                Set.of("C0MAIL", "C0OLD", "C0WORLD", "C0ALL", "C0GONE"),
                "C0GONE",
                Naming.FULL));
        assertThat(lines(found))
                .contains(
                        "✗ channel: there is no channel C0GONE in the workspace, or it is private and the bot is not in it",
                        "✗ channel: the bot is not in #mail (C0MAIL), so that it says nothing there",
                        "✗ channel: #old (C0OLD) is archived, so that nothing can be said there",
                        "✓ channel: the bot is in #world (C0WORLD)",
                        "! channel: #world (C0WORLD) is shared with other organisations: mailboxes are masked there,"
                                + " whatever slack.names says",
                        "! channel: #all (C0ALL) is open to everybody in the workspace: mailboxes are masked there,"
                                + " whatever slack.names says");
        assertThat(mendings(found)).contains("in #mail (C0MAIL): /invite @mailban");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete | ✗ person: dave (U0DAVE) is deactivated, and is refused although given approver",
                "guest | ✗ person: dave (U0DAVE) is a guest, and is refused although given approver",
                "bot | ✗ person: dave (U0DAVE) is a bot, and is refused although given approver",
                "stranger | ✗ person: dave (U0DAVE) is of another organisation, and is refused although given approver",
            })
    void whoIsRefusedWhateverTheConfigurationSaysIsNamed(String how, String line) {
        groups = Map.of();
        switch (how) {
            case "delete" -> slack.workspace().delete("U0DAVE");
            case "guest" -> slack.workspace().guest("U0DAVE");
            case "bot" -> slack.workspace().bot("U0DAVE");
            default -> slack.workspace().stranger("U0DAVE", "T0OTHER");
        }
        SlackExamination found = examine(slack.setup());
        assertThat(lines(found)).contains(line, "✗ roles: nobody in Slack could approve, and nobody anywhere else");
        assertThat(found.verdict()).isEqualTo(Verdict.TO_MEND);
    }

    @Test
    void anUnknownAccountIsNamedAndWhoMayElsewhereIsToo() {
        people = Map.of(
                Role.READER,
                Set.of(person("U0NOBODY")),
                Role.REQUESTER,
                Set.of(person("U0ALICE")),
                Role.APPROVER,
                Set.of(new PersonId("terminal", "carol")));
        groups = Map.of();
        assertThat(lines(examine(slack.setup())))
                .contains(
                        "✗ person: nobody in the workspace has the id U0NOBODY, which is given reader",
                        "✗ roles: nobody in Slack may ask about addresses, and nobody anywhere else",
                        "! roles: nobody in Slack could approve; on another platform somebody may");
    }

    @Test
    void groupsThatGiveNobodyARoleAreNamed() {
        slack.workspace().group("S0EMPTY");
        slack.workspace().group("S0OFF", "U0CAROL");
        slack.workspace().disable("S0OFF");
        groups = Map.of(
                Role.APPROVER,
                Set.of(
                        new GroupId("slack", "S0EMPTY"),
                        new GroupId("slack", "S0OFF"),
                        new GroupId("slack", "S0GONE"),
                        new GroupId("discord", "S0ELSEWHERE")));
        assertThat(lines(examine(slack.setup())))
                .contains(
                        "✗ group: the user group @s0empty (S0EMPTY) is empty, and nobody holds by it approver",
                        "✗ group: the user group @s0off (S0OFF) is disabled, and nobody holds by it approver",
                        "✗ group: no user group has the id S0GONE, which is given approver")
                .noneMatch(line -> line.contains("S0ELSEWHERE"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status | ? bot token: Slack could not be asked: HTTP 503",
                "broken | ? bot token: Slack could not be asked: the connection broke",
                "passing | ? bot token: Slack could not be asked: internal_error",
            })
    void slackThatIsAwayIsNoFaultOfTheTokens(String how, String line) {
        Mishap mishap = switch (how) {
            case "status" -> new Mishap.Status(503);
            case "broken" -> new Mishap.Broken(Fault.CONNECTION_RESET_BY_PEER);
            default -> new Mishap.Refused("internal_error");
        };
        slack.next("auth.test", mishap);
        SlackExamination found = examine(slack.setup());
        assertThat(lines(found)).contains(line, "– workspace: not tried: Slack did not take the bot token");
        assertThat(found.verdict()).isEqualTo(Verdict.NOT_TOLD);
    }

    @Test
    void whatCouldNotBeToldOfOneIsNotToldOfAll() {
        slack.next("users.info", new Mishap.Status(503));
        slack.next("usergroups.list", new Mishap.Status(502));
        slack.next("conversations.info", new Mishap.Status(500));
        SlackExamination found = examine(slack.setup());
        assertThat(lines(found))
                .contains(
                        "? channel: Slack could not be asked: HTTP 500",
                        "? person: Slack does not tell of the account U0ALICE (HTTP 503)",
                        "? group: Slack could not be asked: HTTP 502")
                .noneMatch(line -> line.contains("nobody"));
        assertThat(found.verdict()).isEqualTo(Verdict.NOT_TOLD);
    }

    @Test
    void overHttpTheAddressIsTried() throws IOException {
        InetSocketAddress free = free();
        String address = "127.0.0.1:" + free.getPort();
        assertThat(listening(free)).startsWith("✓ listening: " + address + " is free to listen on");
        HttpServer server = HttpServer.create(free, 1);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(listening(free)).startsWith("✗ listening: the bot can't listen on " + address + ": ");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aBotThatListensAlreadyIsKnown() throws IOException {
        InetSocketAddress free = free();
        SlackSetup setup = slack.setup(new Transport.Http(free, "signing"::toCharArray));
        try (SlackPlatform platform = SlackPlatform.of(setup, Set.of(), InstantSource.system())) {
            platform.open(new SlackPlatform.Ears(new InMemoryDeliveries(), _ -> List.of(), _ -> {}, () -> {}));
            assertThat(listening(free)).startsWith("✓ listening: a bot answers on 127.0.0.1:" + free.getPort());
        }
    }

    private static InetSocketAddress free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), socket.getLocalPort());
        }
    }

    private String listening(InetSocketAddress address) {
        return lines(examine(slack.setup(new Transport.Http(address, "signing"::toCharArray)))).stream()
                .filter(line -> line.contains("listening: "))
                .collect(Collectors.joining());
    }

    private SlackSetup with(String botToken, Supplier<char[]> appToken) {
        SlackSetup setup = slack.setup();
        return new SlackSetup(
                botToken::toCharArray,
                new Transport.Socket(appToken),
                setup.api(),
                setup.workspaces(),
                setup.channels(),
                setup.requests(),
                setup.naming());
    }

    private SlackExamination examine(SlackSetup setup) {
        return SlackDoctor.examine(setup, new SlackDoctor.Wanted(SCOPES, people, groups));
    }

    private static List<String> lines(SlackExamination found) {
        Card card = ReplyWriter.examination(found);
        return card.facts().stream()
                .map(fact -> fact.label() + ": "
                        + fact.text().stream()
                                .map(span -> switch (span) {
                                    case Span.Words(var words) -> words;
                                    case Span.Code(var code) -> code;
                                    case Span.Moment moment -> moment.at().toString();
                                    case Span.Someone someone ->
                                        someone.person().name();
                                    case Span.Name name -> name.mailbox().name();
                                })
                                .collect(Collectors.joining()))
                .toList();
    }

    private static List<String> mendings(SlackExamination found) {
        return found.checks().stream()
                .flatMap(check -> SlackMendings.of(check).stream())
                .map(Mending::line)
                .toList();
    }

    private static PersonId person(String id) {
        return new PersonId("slack", id);
    }
}
