package io.mailban.examination;

import static io.mailban.examination.Mending.configured;
import static io.mailban.examination.Mending.here;
import static io.mailban.examination.Mending.inSlack;

import io.mailban.access.Role;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Knows where to click, what to type and what to write to mend a flaw of the Slack app. Pure. */
public final class SlackMendings {
    private static final String PAGE = "api.slack.com/apps → Mailban → ";
    private static final Mending MANIFEST =
            inSlack(PAGE + "App Manifest: paste config/slack-manifest.yml, Save Changes");
    private static final Mending REINSTALL = inSlack(PAGE + "Install App → Reinstall to Workspace");

    private SlackMendings() {}

    /** What mends what a check found; empty where nothing is to be mended. */
    public static List<Mending> of(Check check) {
        return switch (check) {
            case Check.Well _, Check.NotTried _ -> List.of();
            case Check.Hint(var subject, var flaw) -> of(flaw);
            case Check.Fault(var subject, var flaw) -> of(flaw);
            case Check.NotTold(var subject, var flaw) -> of(flaw);
        };
    }

    private static List<Mending> of(Flaw flaw) {
        return flaw instanceof Flaw.OfSlack(var slack) ? of(slack) : List.of();
    }

    static List<Mending> of(SlackFlaw flaw) {
        return switch (flaw) {
            case SlackFlaw.Away _ -> List.of(here("curl -sS https://slack.com/api/api.test"));
            case SlackFlaw.OtherToken(var wanted, var found) -> newToken(wanted);
            case SlackFlaw.TokenUnread(var token, var words) -> newToken(token);
            case SlackFlaw.TokenRefused(var token, var word) ->
                switch (token) {
                    case BOT -> List.of(REINSTALL, configured("bot_token: …"));
                    case APP -> newToken(SlackFlaw.Token.APP);
                };
            case SlackFlaw.NoConnections _ -> newToken(SlackFlaw.Token.APP);
            case SlackFlaw.ScopesUntold _ -> List.of();
            case SlackFlaw.ScopesMissing _ -> List.of(MANIFEST, REINSTALL);
            // A token keeps what it was once given, whatever is asked for later.
            case SlackFlaw.ScopesSpare _ ->
                List.of(
                        MANIFEST,
                        inSlack(PAGE + "OAuth & Permissions → Revoke All OAuth Tokens, then Install App again"),
                        configured("bot_token: …"));
            case SlackFlaw.NotAdmitted(var workspace, var team, var configured) ->
                List.of(configured("workspaces: [" + team + "]"));
            case SlackFlaw.NoListening(var address, var words) ->
                List.of(
                        here("ss -ltnp "
                                + Mending.quoted("sport = :" + address.substring(address.lastIndexOf(':') + 1))),
                        configured("http: {listen: 127.0.0.1:3000, …}"));
            case SlackFlaw.ChannelUnknown(var id) ->
                List.of(
                        inSlack("in the channel: its name → About → Channel ID, at the bottom; it must be " + id),
                        inSlack("in the channel: /invite @mailban"));
            case SlackFlaw.NotInChannel(var channel) -> List.of(inSlack("in " + channel + ": /invite @mailban"));
            case SlackFlaw.ChannelArchived(var channel) ->
                List.of(
                        inSlack(channel + ": its name → Settings → Unarchive channel, then /invite @mailban"),
                        configured("channels: […]"));
            case SlackFlaw.ChannelOpen(var channel, var audience) ->
                switch (audience) {
                    case WORKSPACE -> List.of(inSlack(channel + ": its name → Settings → Change to a private channel"));
                    case ORGANISATION, OTHERS -> List.of();
                };
            case SlackFlaw.Unread _ -> List.of();
            case SlackFlaw.PersonUnknown(var id, var roles) ->
                List.of(inSlack("the person's profile → ⋮ → Copy member ID"), access(roles, id));
            case SlackFlaw.PersonRefused(var person, var standing, var roles) -> List.of(access(roles, person));
            case SlackFlaw.GroupUnknown(var id, var roles) ->
                List.of(inSlack("People → User groups → the group → ⋮ → Copy group ID"), access(roles, id));
            case SlackFlaw.GroupDisabled(var group, var roles) ->
                List.of(inSlack("People → User groups → " + group + " → ⋮ → Enable"));
            case SlackFlaw.GroupEmpty(var group, var roles) ->
                List.of(inSlack("People → User groups → " + group + " → Edit members"));
            case SlackFlaw.NobodyMay(var role, var elsewhere) ->
                List.of(configured(key(role) + ": [slack:U…, slack:S…]"));
        };
    }

    private static List<Mending> newToken(SlackFlaw.Token token) {
        return switch (token) {
            case BOT ->
                List.of(
                        inSlack(PAGE + "OAuth & Permissions → Bot User OAuth Token: copy it (xoxb-…)"),
                        configured("bot_token: …"));
            case APP ->
                List.of(
                        inSlack(PAGE + "Basic Information → App-Level Tokens → Generate, with the scope"
                                + " connections:write (xapp-…)"),
                        configured("app_token: …"));
        };
    }

    private static Mending access(Set<Role> roles, String who) {
        return configured("access: take " + who + " out of "
                + String.join(
                        ", ", roles.stream().sorted().map(SlackMendings::key).toList()));
    }

    private static String key(Role role) {
        return role.name().toLowerCase(Locale.ROOT) + "s";
    }
}
