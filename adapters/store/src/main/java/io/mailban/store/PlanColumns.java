package io.mailban.store;

import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.UnbanPlan;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as columns, and the text by which one that asks for the same is known again. */
final class PlanColumns {
    /** The columns of {@link #values}, in their order. */
    static final List<String> NAMES = List.of("plan", "kind", "length", "target_kind", "target");

    private PlanColumns() {}

    static List<@Nullable Object> values(Plan plan) {
        @Nullable String length = switch (plan) {
            case UnbanPlan _ -> null;
            case ExemptPlan exempt -> exempt.length().toString();
        };
        return Arrays.asList(
                key(plan),
                word(plan),
                length,
                kind(plan.target()),
                plan.target().text());
    }

    /**
     * The same text for plans that ask for the same only: the kind, a line for each step, an empty one, the target.
     * Servers and jails hold no control characters, and the target, which may hold anything, comes last: nothing in it can
     * pass for a step.
     */
    static String key(Plan plan) {
        StringBuilder key = new StringBuilder(plan.kind()).append('\n');
        for (Plan.Step step : plan.steps()) {
            key.append(step.server()).append('\t').append(step.jail()).append('\n');
        }
        return key.append('\n')
                .append(kind(plan.target()))
                .append(' ')
                .append(plan.target().text())
                .toString();
    }

    static Plan plan(Row row, List<Plan.Step> steps) throws SQLException {
        String kind = row.text("kind");
        BannedId target = target(row);
        return switch (kind) {
            case "unban" -> new UnbanPlan(target, steps);
            case "exempt" -> new ExemptPlan(Address.of(target.text()), Duration.parse(row.text("length")), steps);
            default ->
                throw new SQLException("a plan to " + kind + " " + target.text() + ", which this program doesn't know");
        };
    }

    private static String word(Plan plan) {
        return switch (plan) {
            case UnbanPlan _ -> "unban";
            case ExemptPlan _ -> "exempt";
        };
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
