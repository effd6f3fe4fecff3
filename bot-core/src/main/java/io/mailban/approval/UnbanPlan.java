package io.mailban.approval;

import io.mailban.ban.BannedId;
import io.mailban.mailserver.Lifting;
import java.util.List;

/**
 * Lifts bans: exactly these and no others. Two plans ask for the same where their steps are, whatever the order that the
 * servers answered in.
 *
 * @param target the address or network that is to be let in again
 * @param steps one for each jail that holds it
 */
public record UnbanPlan(BannedId target, List<Step> steps) implements Plan {
    /** Orders the steps. */
    public UnbanPlan {
        steps = Plan.ordered(steps);
    }

    @Override
    public String kind() {
        return "unban";
    }

    @Override
    public List<String> commands(Step step) {
        return List.of(Lifting.command(step.jail(), target));
    }
}
