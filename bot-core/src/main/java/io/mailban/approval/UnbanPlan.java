package io.mailban.approval;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import java.util.List;

/**
 * What an approval binds to: exactly these lifts and no others. Two plans are the same where their steps are, whatever
 * the order that the servers answered in.
 *
 * @param target the address or network that is to be let in again
 * @param steps one for each jail that holds it, ordered by server and jail; never empty
 */
public record UnbanPlan(BannedId target, List<Step> steps) {
    /** Orders the steps. */
    public UnbanPlan {
        steps = steps.stream().distinct().sorted().toList();
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a plan without a step lifts nothing");
        }
    }

    /** One lift: this target in one jail on one server. */
    public record Step(ServerName server, Jail jail) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            int byServer = server.compareTo(other.server);
            return byServer != 0 ? byServer : jail.compareTo(other.jail);
        }
    }

    /** The words that an administrator would type for a step; shown, never run from this text. */
    public String command(Step step) {
        return "fail2ban-client set " + step.jail() + " unbanip " + target.text();
    }
}
