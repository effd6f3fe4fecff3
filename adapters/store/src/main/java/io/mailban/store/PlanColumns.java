package io.mailban.store;

import io.mailban.approval.UnbanPlan;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import java.sql.SQLException;

/** A plan's target as columns, and the text by which the same plan is known again. */
final class PlanColumns {
    private PlanColumns() {}

    /**
     * The same text for equal plans only: a line for each step, an empty one, the target. Servers and jails hold no
     * control characters, and the target, which may hold anything, comes last: nothing in it can pass for a step.
     */
    static String key(UnbanPlan plan) {
        StringBuilder key = new StringBuilder();
        for (UnbanPlan.Step step : plan.steps()) {
            key.append(step.server()).append('\t').append(step.jail()).append('\n');
        }
        return key.append('\n')
                .append(kind(plan.target()))
                .append(' ')
                .append(plan.target().text())
                .toString();
    }

    /** Text alone doesn't say what it is: {@code 203.0.113.7} may also be a user's name in some jail. */
    static String kind(BannedId target) {
        return switch (target) {
            case Address _ -> "address";
            case Network _ -> "network";
            case OtherId _ -> "other";
        };
    }

    static BannedId target(Row row) throws SQLException {
        String kind = row.text("target_kind");
        String text = row.text("target");
        return switch (kind) {
            case "address" -> Address.of(text);
            case "network" -> Network.of(text);
            case "other" -> new OtherId(text);
            default -> throw new SQLException("a target that is a " + kind + ", which this program doesn't know");
        };
    }
}
