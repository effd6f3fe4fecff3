package io.mailban.slack;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.Card;
import io.mailban.reply.PlatformWriter;
import java.util.Set;

/**
 * Who is let in: full members of the workspaces that are served, in the channels that are served or in a direct message.
 * Whoever Slack does not vouch for is kept out. Thread-safe.
 */
final class Gate {
    private static final String SLACK = "Slack";

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
         * @param why why not, and what to do
         */
        record Refused(Person person, Card why) implements Admission {}
    }

    /** Asks Slack who it is, if that has not been asked within the last minute. */
    Admission admit(Deed.Sender sender, Spot spot) {
        Person unnamed = new Person(new PersonId(SlackSetup.PLATFORM, sender.user()), sender.user());
        if (sender.teams().isEmpty()) {
            return new Admission.Refused(unnamed, PlatformWriter.workspaceUntold(SLACK));
        }
        for (String team : sender.teams()) {
            if (!workspaces.contains(team)) {
                return new Admission.Refused(unnamed, PlatformWriter.otherWorkspace(team, "slack: workspaces"));
            }
        }
        if (spot.scope() == Spot.Scope.CHANNEL && !channels.contains(spot.channel())) {
            return new Admission.Refused(unnamed, PlatformWriter.otherChannel(spot.channel(), "slack: channels"));
        }
        return switch (members.of(sender.user())) {
            case Members.Member member -> judge(member);
            case Members.NotTold(var why) ->
                new Admission.Refused(unnamed, PlatformWriter.personUntold(SLACK, "users.info: " + why));
        };
    }

    private Admission judge(Members.Member member) {
        Person person = new Person(new PersonId(SlackSetup.PLATFORM, member.user()), member.name());
        return switch (member.standingIn(workspaces)) {
            case FULL -> new Admission.Admitted(person);
            case STRANGER -> new Admission.Refused(person, PlatformWriter.stranger());
            case GUEST -> new Admission.Refused(person, PlatformWriter.guest());
            case BOT -> new Admission.Refused(person, PlatformWriter.otherBot());
            case DELETED -> new Admission.Refused(person, PlatformWriter.deactivated());
        };
    }
}
