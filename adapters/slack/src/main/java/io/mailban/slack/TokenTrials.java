package io.mailban.slack;

import static io.mailban.slack.SlackDoctor.away;
import static io.mailban.slack.SlackDoctor.fault;
import static io.mailban.slack.SlackDoctor.hint;
import static io.mailban.slack.SlackDoctor.notTold;
import static io.mailban.slack.SlackDoctor.well;
import static io.mailban.slack.SlackDoctor.word;

import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import io.mailban.chat.Visible;
import io.mailban.examination.Check;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.SlackFlaw;
import io.mailban.examination.SlackFlaw.OtherToken.Kind;
import io.mailban.examination.SlackFlaw.Token;
import io.mailban.examination.SlackGood;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries the tokens: whose they are, what they may, whether Slack reaches the bot. Is used once, by one thread. */
final class TokenTrials {
    private static final String SCOPES = "x-oauth-scopes";

    private final Api api;
    private final SlackSetup setup;
    private final List<SlackFlaw.Scope> wanted;
    private State state = State.UNTRIED;

    TokenTrials(Api api, SlackSetup setup, List<SlackFlaw.Scope> wanted) {
        this.api = api;
        this.setup = setup;
        this.wanted = wanted;
    }

    private enum State {
        UNTRIED,
        TAKEN
    }

    /** Whether Slack took the bot token, so that it can be asked further. */
    boolean isTaken() {
        return state == State.TAKEN;
    }

    /** The bot token, its scopes, its workspace. */
    List<Check> bot() {
        List<Check> checks = new ArrayList<>();
        Optional<Check> unfit = unfit(Subject.BOT_TOKEN, Token.BOT, setup.botToken());
        if (unfit.isPresent()) {
            return notFurther(unfit.get());
        }
        AuthTestResponse answer;
        try {
            answer = Asked.of(() -> api.client().authTest(r -> r));
        } catch (SlackAway e) {
            return notFurther(away(Subject.BOT_TOKEN, e));
        }
        if (!answer.isOk()) {
            return notFurther(fault(Subject.BOT_TOKEN, new SlackFlaw.TokenRefused(Token.BOT, word(answer.getError()))));
        }
        state = State.TAKEN;
        String workspace = shown(answer.getTeam());
        String team = shown(answer.getTeamId());
        checks.add(well(
                Subject.BOT_TOKEN,
                new SlackGood.Installed(shown(answer.getUser()), shown(answer.getUserId()), workspace, team)));
        checks.addAll(scopes(answer.getHttpResponseHeaders()));
        checks.add(
                setup.workspaces().contains(team)
                        ? well(Subject.WORKSPACE, new SlackGood.Admitted(workspace))
                        : fault(
                                Subject.WORKSPACE,
                                new SlackFlaw.NotAdmitted(
                                        workspace,
                                        team,
                                        setup.workspaces().stream().sorted().toList())));
        return checks;
    }

    /** How Slack reaches the bot. */
    List<Check> transport() {
        return List.of(
                switch (setup.transport()) {
                    case SlackSetup.Transport.Socket(var appToken) -> socket(appToken);
                    case SlackSetup.Transport.Http(var listen, var _) -> ListenTrial.at(listen);
                });
    }

    private Check socket(Supplier<char[]> token) {
        Optional<Check> unfit = unfit(Subject.APP_TOKEN, Token.APP, token);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        try {
            AppsConnectionsOpenResponse answer =
                    Asked.of(() -> api.slack().methods(new String(token.get())).appsConnectionsOpen(r -> r));
            if (answer.isOk()) {
                return well(Subject.APP_TOKEN, new SlackGood.SocketOpens());
            }
            String word = word(answer.getError());
            return fault(
                    Subject.APP_TOKEN,
                    word.equals("missing_scope")
                            ? new SlackFlaw.NoConnections()
                            : new SlackFlaw.TokenRefused(Token.APP, word));
        } catch (SlackAway e) {
            return away(Subject.APP_TOKEN, e);
        }
    }

    private static List<Check> notFurther(Check because) {
        return List.of(
                because,
                new Check.NotTried(Subject.SCOPES, Subject.BOT_TOKEN),
                new Check.NotTried(Subject.WORKSPACE, Subject.BOT_TOKEN));
    }

    /** By its first letters alone, before it is sent anywhere. */
    private static Optional<Check> unfit(Subject subject, Token wanted, Supplier<char[]> token) {
        String value;
        try {
            value = new String(token.get());
        } catch (RuntimeException e) {
            return Optional.of(fault(subject, new SlackFlaw.TokenUnread(wanted, String.valueOf(e.getMessage()))));
        }
        return kind(value)
                .filter(kind -> kind
                        != switch (wanted) {
                            case BOT -> Kind.BOT;
                            case APP -> Kind.APP;
                        })
                .map(kind -> fault(subject, new SlackFlaw.OtherToken(wanted, kind)));
    }

    private static Optional<Kind> kind(String token) {
        if (token.startsWith("xoxb-")) {
            return Optional.of(Kind.BOT);
        }
        if (token.startsWith("xapp-")) {
            return Optional.of(Kind.APP);
        }
        if (token.startsWith("xoxp-")) {
            return Optional.of(Kind.USER);
        }
        return token.startsWith("xoxe") ? Optional.of(Kind.ROTATING) : Optional.empty();
    }

    private List<Check> scopes(@Nullable Map<String, List<String>> headers) {
        Optional<Set<String>> told = scopesOf(headers);
        if (told.isEmpty()) {
            return List.of(notTold(Subject.SCOPES, new SlackFlaw.ScopesUntold()));
        }
        List<Check> checks = new ArrayList<>();
        List<SlackFlaw.Scope> missing = wanted.stream()
                .filter(scope -> !told.get().contains(scope.name()))
                .toList();
        List<String> names = wanted.stream().map(SlackFlaw.Scope::name).toList();
        List<String> spare =
                told.get().stream().filter(scope -> !names.contains(scope)).toList();
        checks.add(
                missing.isEmpty()
                        ? well(Subject.SCOPES, new SlackGood.Granted(wanted.size()))
                        : fault(Subject.SCOPES, new SlackFlaw.ScopesMissing(missing)));
        if (!spare.isEmpty()) {
            checks.add(hint(Subject.SCOPES, new SlackFlaw.ScopesSpare(spare)));
        }
        return checks;
    }

    private static Optional<Set<String>> scopesOf(@Nullable Map<String, List<String>> headers) {
        return Optional.ofNullable(headers).orElse(Map.of()).entrySet().stream()
                .filter(header -> SCOPES.equalsIgnoreCase(header.getKey()))
                .map(header -> {
                    Set<String> scopes = new LinkedHashSet<>();
                    header.getValue().stream()
                            .flatMap(line -> Arrays.stream(line.split(",")))
                            .map(scope -> Visible.of(scope.strip()))
                            .filter(scope -> !scope.isEmpty())
                            .forEach(scopes::add);
                    return scopes;
                })
                .<Set<String>>map(scopes -> scopes)
                .findFirst();
    }

    private static String shown(@Nullable String text) {
        return text == null ? "?" : Visible.of(text);
    }
}
