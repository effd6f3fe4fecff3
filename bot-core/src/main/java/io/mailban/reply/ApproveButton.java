package io.mailban.reply;

import io.mailban.approval.Approval;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.UnbanPlan;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Confirm;
import io.mailban.chat.CardAction;
import java.util.List;
import java.util.Optional;

/** The button that says yes to a request, and the second thought before it: what will be run, in words. Pure. */
record ApproveButton(Approval approval) {
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_TEXT = 300;

    Button labelled(String label) {
        return new Button(label, new CardAction.Approve(approval.id()), Optional.of(confirm()));
    }

    private Confirm confirm() {
        PlanWords plan = new PlanWords(approval.plan());
        return new Confirm(cut(plan.question(), LONGEST_TITLE), text(), "Approve");
    }

    private String text() {
        int missing = approval.consent().missing();
        String end = missing > 1 ? ". Run when " + (missing - 1) + " more agreed, not before." : ".";
        String target = approval.plan().target().text();
        String begin = cut(
                switch (approval.plan()) {
                    case UnbanPlan _ -> "Lets " + target + " in again: ";
                    case ExemptPlan _ -> "Keeps fail2ban from banning " + target + ": ";
                },
                LONGEST_TITLE);
        return cut(begin + places(LONGEST_TEXT - begin.length() - end.length()) + end, LONGEST_TEXT);
    }

    /** As many as there is room for, and how many more. */
    private String places(int room) {
        List<String> all =
                approval.plan().steps().stream().map(Plan.Step::place).toList();
        for (int shown = all.size(); shown > 0; shown--) {
            String some = String.join(", ", all.subList(0, shown))
                    + (shown < all.size() ? " and " + (all.size() - shown) + " more jails that the card names" : "");
            if (some.length() <= room) {
                return some;
            }
        }
        return Phrase.count(all.size(), "jail that the card names", "jails that the card names");
    }

    /** Between two words where there are several. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = text.lastIndexOf(' ', longest - 2);
        if (end <= 0) {
            end = longest - 2;
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
        }
        return text.substring(0, end) + " …";
    }
}
