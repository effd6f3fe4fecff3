package io.mailban.slack;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import java.util.Collections;
import java.util.Set;

/**
 * Who is let in: full members of the workspaces that are served, in the channels that are served or in a direct message.
 * Whoever Slack does not vouch for is kept out. Thread-safe.
 */
final class Gate {
    private final Set<String> workspaces;
    private final Set<String> channels;
    private final Members members;

    Gate(Set<String> workspaces, Set<String> channels, Members members) {
        this.workspaces = Set.copyOf(workspaces);
        this.channels = Set.copyOf(channels);
        this.members = members;
    }

    /** Whether somebody is let in. */
    sealed interface Admission {
        /** By name. */
        Person person();

        /** Go on. */
        record Admitted(Person person) implements Admission {}

        /**
         * Tell them, and them alone.
         *
         * @param why one sentence: why not, and what to do
         */
        record Refused(Person person, String why) implements Admission {}
    }

    /** Asks Slack who it is, if that has not been asked within the last minute. */
    Admission admit(Deed.Sender sender, Spot spot) {
        Person unnamed = new Person(new PersonId(SlackSetup.PLATFORM, sender.user()), sender.user());
        if (sender.teams().isEmpty()) {
            return new Admission.Refused(unnamed, "Slack did not say which workspace that came from; nothing was done");
        }
        for (String team : sender.teams()) {
            if (!workspaces.contains(team)) {
                return new Admission.Refused(
                        unnamed,
                        "this bot does not serve the workspace " + team
                                + "; whoever keeps its configuration can add it under slack: workspaces");
            }
        }
        if (spot.scope() == Spot.Scope.CHANNEL && !channels.contains(spot.channel())) {
            return new Admission.Refused(
                    unnamed,
                    "this bot does not answer in this channel; write to it directly, or have whoever keeps its"
                            + " configuration add " + spot.channel() + " under slack: channels");
        }
        return switch (members.of(sender.user())) {
            case Members.Member member -> judge(member);
            case Members.NotTold(var why) ->
                new Admission.Refused(
                        unnamed,
                        "Slack did not say who you are (users.info: " + why
                                + "), so nothing was done; try again in a moment");
        };
    }

    private Admission judge(Members.Member member) {
        Person person = new Person(new PersonId(SlackSetup.PLATFORM, member.user()), member.name());
        return switch (member.standing()) {
            case FULL ->
                member.teams().isEmpty() || !Collections.disjoint(member.teams(), workspaces)
                        ? new Admission.Admitted(person)
                        : new Admission.Refused(person, STRANGER);
            case STRANGER -> new Admission.Refused(person, STRANGER);
            case GUEST ->
                new Admission.Refused(
                        person, "guests of this workspace can't use this bot; ask a full member to do it for you");
            case BOT -> new Admission.Refused(person, "other bots can't use this bot; a person has to ask");
            case DELETED ->
                new Admission.Refused(
                        person, "this account is deactivated; an administrator of the workspace can change that");
        };
    }

    private static final String STRANGER =
            "people of other organisations can't use this bot; ask somebody of this workspace to do it for you";
}
