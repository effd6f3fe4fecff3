package io.mailban.slack;

import io.mailban.access.GroupId;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.chat.Visible;
import io.mailban.examination.Check;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.Flaw;
import io.mailban.examination.Good;
import io.mailban.examination.SlackExamination;
import io.mailban.examination.SlackFlaw;
import io.mailban.examination.SlackGood;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tries what this app may do in Slack. Says nothing there, changes nothing, and lets no token out. Thread-safe. */
public final class SlackDoctor {
    private SlackDoctor() {}

    /**
     * What is wanted of the app.
     *
     * @param scopes by name, in the manifest's order, and what the bot does with each
     * @param people accounts by role, of every platform
     * @param groups groups by role, likewise
     */
    public record Wanted(
            List<SlackFlaw.Scope> scopes, Map<Role, Set<PersonId>> people, Map<Role, Set<GroupId>> groups) {
        /** Copies the collections. */
        public Wanted {
            scopes = List.copyOf(scopes);
            people = Map.copyOf(people);
            groups = Map.copyOf(groups);
        }
    }

    /** Tries it all, one after the other; each question takes some seconds at most. */
    public static SlackExamination examine(SlackSetup setup, Wanted wanted) {
        Api api = new Api(setup.api(), setup.botToken());
        TokenTrials tokens = new TokenTrials(api, setup, wanted.scopes());
        List<Check> checks = new ArrayList<>(tokens.bot());
        checks.addAll(tokens.transport());
        if (tokens.isTaken()) {
            checks.addAll(new ChannelTrials(api, setup).all());
            checks.addAll(new PeopleTrials(api, setup, wanted).all());
        } else {
            for (Subject subject : List.of(Subject.CHANNEL, Subject.PERSON, Subject.GROUP)) {
                checks.add(new Check.NotTried(subject, Subject.BOT_TOKEN));
            }
        }
        return new SlackExamination(checks);
    }

    static Check well(Subject subject, SlackGood good) {
        return new Check.Well(subject, new Good.OfSlack(good));
    }

    static Check hint(Subject subject, SlackFlaw flaw) {
        return new Check.Hint(subject, new Flaw.OfSlack(flaw));
    }

    static Check fault(Subject subject, SlackFlaw flaw) {
        return new Check.Fault(subject, new Flaw.OfSlack(flaw));
    }

    static Check notTold(Subject subject, SlackFlaw flaw) {
        return new Check.NotTold(subject, new Flaw.OfSlack(flaw));
    }

    static Check away(Subject subject, SlackAway why) {
        return notTold(subject, new SlackFlaw.Away(String.valueOf(why.getMessage())));
    }

    /** Slack's own word for a refusal. */
    static String word(@Nullable String error) {
        return error == null ? "no reason given" : Visible.of(error);
    }
}
