package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.approval.ApprovalId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who said yes to what, by human beings: kept by the test alone, and from nothing that the program says. */
final class RequestLedger {
    private final Map<ApprovalId, Set<String>> yes = new HashMap<>();
    private final Map<ApprovalId, String> asked = new HashMap<>();
    private final Map<ApprovalId, Person> orders = new HashMap<>();
    private final Set<ApprovalId> over = new HashSet<>();

    void saysYes(Person who, ApprovalId id) {
        yes.computeIfAbsent(id, _ -> new HashSet<>()).add(human(who));
    }

    /** An approver's own request for what takes several is one of their answers; for a single address it is none. */
    void asks(Person who, ApprovalId id) {
        asked.put(id, human(who));
    }

    /** Lifts without approval. */
    void orders(Person who, ApprovalId id) {
        orders.put(id, who);
    }

    /** Denied, or taken back. */
    void isOver(ApprovalId id) {
        over.add(id);
    }

    Set<String> yesTo(ApprovalId id) {
        return yes.getOrDefault(id, Set.of());
    }

    /** Those, and the approver who asked. */
    Set<String> yesOrRequestTo(ApprovalId id) {
        Set<String> all = new HashSet<>(yesTo(id));
        if (asked.containsKey(id)) {
            all.add(asked.get(id));
        }
        return all;
    }

    boolean isOrdered(ApprovalId id) {
        return orders.containsKey(id);
    }

    boolean wasEnded(ApprovalId id) {
        return over.contains(id);
    }

    /** Accounts of the same name are one human being in these stories. */
    static String human(Person person) {
        return person.id().account();
    }
}
