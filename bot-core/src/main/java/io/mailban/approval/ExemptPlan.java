package io.mailban.approval;

import io.mailban.ban.Address;
import io.mailban.mailserver.Lifting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keeps fail2ban from banning an address for a time; a ban that stands in one of its jails is lifted first.
 *
 * @param length how long, from the moment at which it is carried out
 * @param steps one for each jail that is to leave the address alone
 */
public record ExemptPlan(Address target, Duration length, List<Step> steps) implements Plan {
    /** Orders the steps. */
    public ExemptPlan {
        steps = Plan.ordered(steps);
        if (!length.isPositive()) {
            throw new IllegalArgumentException("an exemption for " + length + " is none");
        }
    }

    @Override
    public String kind() {
        // The audit log's readers know 1h30m, and not PT1H30M.
        return "exempt for " + length.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> commands(Step step) {
        List<String> commands = new ArrayList<>();
        if (step.origin() != Origin.NO_BAN) {
            commands.add(Lifting.command(step.jail(), target));
        }
        commands.add("fail2ban-client set " + step.jail() + " addignoreip " + target.text());
        return List.copyOf(commands);
    }
}
