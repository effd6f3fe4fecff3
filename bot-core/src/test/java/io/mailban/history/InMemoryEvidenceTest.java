package io.mailban.history;

/** The fake keeps the contract that tests trust it to keep. */
final class InMemoryEvidenceTest extends EvidenceStoreContract {
    private final EvidenceStore store = new InMemoryEvidence();

    @Override
    protected EvidenceStore store() {
        return store;
    }
}
