package io.mailban.reply;

import io.mailban.approval.Approval;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.UnbanPlan;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Confirm;
import io.mailban.chat.CardAction;
import java.util.Optional;

/** Writes the buttons that decide on a request: a yes takes a second thought, a no asks for its reason anyway. Pure. */
final class DecisionButtons {
    private static final int LONGEST = 300;

    private DecisionButtons() {}

    static Button approve(String label, Approval approval) {
        return new Button(
                label,
                new CardAction.Approve(approval.id()),
                Optional.of(new Confirm(
                        "Approve request " + approval.id() + "?", shortened(willHappen(approval.plan())), "Approve")));
    }

    static Button deny(String label, Approval approval) {
        return new Button(label, new CardAction.Deny(approval.id()));
    }

    private static String willHappen(Plan plan) {
        String where = " (" + new PlanWords(plan).places() + ").";
        return switch (plan) {
            case UnbanPlan unban -> "The ban on " + unban.target().text() + " will be lifted" + where;
            case ExemptPlan exempt ->
                "fail2ban will be kept from banning " + exempt.target().text() + " for "
                        + Phrase.lasting(exempt.length()) + where;
        };
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
