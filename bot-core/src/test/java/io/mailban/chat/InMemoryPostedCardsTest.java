package io.mailban.chat;

import io.mailban.approval.ApprovalStore;
import io.mailban.approval.InMemoryApprovals;
import io.mailban.audit.InMemoryAudit;

/** The fake keeps the contract that tests trust it to keep. */
final class InMemoryPostedCardsTest extends PostedCardsContract {
    private final ApprovalStore approvals = new InMemoryApprovals(new InMemoryAudit());
    private final PostedCards cards = new InMemoryPostedCards(approvals);

    @Override
    protected PostedCards cards() {
        return cards;
    }

    @Override
    protected ApprovalStore approvals() {
        return approvals;
    }
}
