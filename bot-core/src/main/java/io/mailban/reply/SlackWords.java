package io.mailban.reply;

import io.mailban.access.Role;
import io.mailban.examination.SlackFlaw;
import io.mailban.examination.SlackFlaw.OtherToken;
import io.mailban.examination.SlackFlaw.Token;
import io.mailban.examination.SlackGood;
import java.util.Set;

/** Says what is well with the Slack app and what is not, each in one sentence. Pure. */
final class SlackWords {
    private SlackWords() {}

    static Phrase good(SlackGood good) {
        return switch (good) {
            case SlackGood.Installed(var bot, var account, var workspace, var team) ->
                Phrase.of("it is " + bot + " (" + account + ") in the workspace " + workspace + " (" + team + ")");
            case SlackGood.Granted(var scopes) -> Phrase.of("all " + scopes + " that the manifest asks for");
            case SlackGood.Admitted(var workspace) -> Phrase.of("people of " + workspace + " may speak to it");
            case SlackGood.SocketOpens _ -> Phrase.of("Slack gives out a socket for it (connections:write)");
            case SlackGood.ListeningPossible(var address) ->
                new Phrase()
                        .code(address)
                        .words(" is free to listen on, and no bot runs there now; whether Slack reaches it, and by the"
                                + " right signing secret, shows when it sends something");
            case SlackGood.Listening(var address) ->
                Phrase.of("a bot answers on ")
                        .code(address)
                        .words("; whether Slack reaches it, and by the right signing secret, shows when it sends"
                                + " something");
            case SlackGood.InChannel(var channel, var use) ->
                Phrase.of("the bot is in " + channel
                        + switch (use) {
                            case ANSWERS -> "";
                            case REQUESTS -> ", which shows every request";
                        });
            case SlackGood.Member(var person, var roles) -> Phrase.of(person + ": " + words(roles));
            case SlackGood.Group(var group, var members, var roles) ->
                Phrase.of(group + ", " + Phrase.count(members, "member", "members") + ": " + words(roles));
            case SlackGood.SomebodyMay(var roles) -> Phrase.of("held by somebody in Slack: " + words(roles));
        };
    }

    static Phrase sentence(SlackFlaw flaw) {
        return switch (flaw) {
            case SlackFlaw.Away(var why) -> Phrase.of("Slack could not be asked: " + why);
            case OtherToken(var wanted, var found) ->
                new Phrase()
                        .code(key(wanted))
                        .words(" holds "
                                + switch (found) {
                                    case BOT -> "a bot token (xoxb-…)";
                                    case APP -> "an app-level token (xapp-…)";
                                    case USER -> "a user's token (xoxp-…)";
                                    case ROTATING -> "a token that ends within hours (xoxe-…)";
                                }
                                + "; expected " + form(wanted));
            case SlackFlaw.TokenUnread(var token, var words) ->
                new Phrase().code(key(token)).words(" can't be read: " + words);
            case SlackFlaw.TokenRefused(var token, var word) ->
                Phrase.of("Slack refuses ")
                        .code(key(token))
                        .words(" (")
                        .code(word)
                        .words(")");
            case SlackFlaw.NoConnections _ ->
                new Phrase().code("app_token").words(" lacks connections:write, and opens no socket without it");
            case SlackFlaw.ScopesUntold _ -> Phrase.of("Slack did not say what the token may");
            case SlackFlaw.ScopesMissing(var scopes) ->
                Phrase.of("missing: "
                        + String.join(
                                "; ",
                                scopes.stream()
                                        .map(scope -> scope.name()
                                                + (scope.reason().isEmpty() ? "" : " (" + scope.reason() + ")"))
                                        .toList())
                        + "; reinstall the app to the workspace");
            case SlackFlaw.ScopesSpare(var scopes) ->
                Phrase.of("more than the manifest asks for, which the bot never uses: " + String.join(", ", scopes));
            case SlackFlaw.NotAdmitted(var workspace, var team, var configured) ->
                Phrase.of("the app is installed in " + workspace + " (" + team + "), and ")
                        .code("workspaces")
                        .words(" names " + String.join(", ", configured) + " alone: everybody there is refused");
            case SlackFlaw.NoListening(var address, var words) ->
                Phrase.of("the bot can't listen on ").code(address).words(": " + words);
            case SlackFlaw.ChannelUnknown(var id) ->
                Phrase.of("there is no channel ")
                        .code(id)
                        .words(" in the workspace, or it is private and the bot is not in it");
            case SlackFlaw.NotInChannel(var channel) ->
                Phrase.of("the bot is not in " + channel + ", so that it says nothing there");
            case SlackFlaw.ChannelArchived(var channel) ->
                Phrase.of(channel + " is archived, so that nothing can be said there");
            case SlackFlaw.ChannelOpen(var channel, var audience) ->
                Phrase.of(channel
                        + switch (audience) {
                            case WORKSPACE -> " is open to everybody in the workspace";
                            case ORGANISATION -> " is shared with other workspaces of the organisation";
                            case OTHERS -> " is shared with other organisations";
                        }
                        + ": mailboxes are masked there, whatever slack.names says");
            case SlackFlaw.Unread(var what, var word) ->
                Phrase.of("Slack does not tell of " + what + " (").code(word).words(")");
            case SlackFlaw.PersonUnknown(var id, var roles) ->
                Phrase.of("nobody in the workspace has the id ").code(id).words(", which is given " + words(roles));
            case SlackFlaw.PersonRefused(var person, var standing, var roles) ->
                Phrase.of(person
                        + switch (standing) {
                            case DEACTIVATED -> " is deactivated";
                            case GUEST -> " is a guest";
                            case BOT -> " is a bot";
                            case STRANGER -> " is of another organisation";
                        }
                        + ", and is refused although given " + words(roles));
            case SlackFlaw.GroupUnknown(var id, var roles) ->
                Phrase.of("no user group has the id ").code(id).words(", which is given " + words(roles));
            case SlackFlaw.GroupDisabled(var group, var roles) ->
                Phrase.of("the user group " + group + " is disabled, and nobody holds by it " + words(roles));
            case SlackFlaw.GroupEmpty(var group, var roles) ->
                Phrase.of("the user group " + group + " is empty, and nobody holds by it " + words(roles));
            case SlackFlaw.NobodyMay(var role, var elsewhere) ->
                Phrase.of(switch (role) {
                            case READER -> "nobody in Slack may ask about addresses";
                            case HELPER -> "nobody in Slack may ask about mailboxes";
                            case REQUESTER -> "nobody in Slack could request that a ban be lifted";
                            case APPROVER -> "nobody in Slack could approve";
                        }
                        + switch (elsewhere) {
                            case SOMEBODY -> "; on another platform somebody may";
                            case NOBODY -> ", and nobody anywhere else";
                        });
        };
    }

    private static String key(Token token) {
        return switch (token) {
            case BOT -> "bot_token";
            case APP -> "app_token";
        };
    }

    private static String form(Token token) {
        return switch (token) {
            case BOT -> "a bot token (xoxb-…)";
            case APP -> "an app-level token (xapp-…)";
        };
    }

    private static String words(Set<Role> roles) {
        return String.join(", ", roles.stream().sorted().map(ReplyWriter::word).toList());
    }
}
