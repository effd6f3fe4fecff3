package io.mailban.store;

import io.mailban.approval.ApprovalStore;
import io.mailban.approval.ApprovalStoreContract;
import io.mailban.audit.AuditLog;
import io.mailban.chat.Deliveries;
import io.mailban.chat.DeliveriesContract;
import io.mailban.chat.Pings;
import io.mailban.chat.PingsContract;
import io.mailban.chat.PostedCards;
import io.mailban.chat.PostedCardsContract;
import io.mailban.exemption.ExemptionStore;
import io.mailban.exemption.ExemptionStoreContract;
import io.mailban.history.EvidenceStore;
import io.mailban.history.EvidenceStoreContract;
import io.mailban.restraint.ModeSwitch;
import io.mailban.restraint.RestraintContract;
import io.mailban.restraint.Uses;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What core asks of every store, asked of SQLite. */
final class SqliteContractsTest {
    @TempDir
    private Path directory;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("mailban.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Nested
    final class Approvals extends ApprovalStoreContract {
        @Override
        protected ApprovalStore store() {
            return store.approvals();
        }

        @Override
        protected AuditLog audit() {
            return store.audit();
        }
    }

    @Nested
    final class Evidence extends EvidenceStoreContract {
        @Override
        protected EvidenceStore store() {
            return store.evidence();
        }
    }

    @Nested
    final class Exemptions extends ExemptionStoreContract {
        @Override
        protected ExemptionStore store() {
            return store.exemptions();
        }

        @Override
        protected AuditLog audit() {
            return store.audit();
        }
    }

    @Nested
    final class Restraint extends RestraintContract {
        @Override
        protected ModeSwitch modeSwitch() {
            return store.modeSwitch();
        }

        @Override
        protected Uses uses() {
            return store.uses();
        }

        @Override
        protected AuditLog audit() {
            return store.audit();
        }
    }

    @Nested
    final class PingsSent extends PingsContract {
        @Override
        protected Pings pings() {
            return store.pings();
        }
    }

    @Nested
    final class CardsPosted extends PostedCardsContract {
        @Override
        protected PostedCards cards() {
            return store.postedCards();
        }

        @Override
        protected ApprovalStore approvals() {
            return store.approvals();
        }
    }

    @Nested
    final class Delivered extends DeliveriesContract {
        @Override
        protected Deliveries deliveries() {
            return store.deliveries();
        }
    }
}
