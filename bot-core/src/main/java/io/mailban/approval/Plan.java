package io.mailban.approval;

import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What an approval binds to: exactly this and nothing wider. */
public sealed interface Plan permits UnbanPlan, ExemptPlan {
    /** Whom it is about. */
    BannedId target();

    /** What is done in each jail, ordered by server and jail; never empty. */
    List<Step> steps();

    /** The words that an administrator would type for a step, in order; shown, never run from this text. */
    List<String> commands(Step step);

    /**
     * Whether both ask for the same, so that one request does for both: the same target in the same jails of the same
     * servers, whatever is known of the bans there.
     */
    default boolean asksTheSameAs(Plan other) {
        return kind().equals(other.kind())
                && target().equals(other.target())
                && steps().stream()
                        .map(Step::place)
                        .toList()
                        .equals(other.steps().stream().map(Step::place).toList());
    }

    /** One line that tells plans that ask for different things apart, and is the same for those that ask for the same. */
    String kind();

    /**
     * One jail on one server, and the ban that was seen there when the plan was made.
     *
     * @param since when that ban began; empty where there was none, or fail2ban did not say
     */
    record Step(ServerName server, Jail jail, Origin origin, Optional<Instant> since) {
        static final Comparator<Step> ORDER = Comparator.comparing(Step::server).thenComparing(Step::jail);

        /** A step of whose ban nothing is known but that it stands. */
        public Step(ServerName server, Jail jail) {
            this(server, jail, Origin.UNKNOWN, Optional.empty());
        }

        /** The step that is about this ban. */
        public static Step of(ServerName server, Ban ban, Origin origin) {
            return new Step(server, ban.jail(), origin, ban.since());
        }

        /** Where it is: {@code mail1: postfix-sasl}. */
        public String place() {
            return server + ": " + jail;
        }
    }

    /** Where a ban came from. */
    enum Origin {
        /** The jail holds nothing; there is only an exemption to be made. */
        NO_BAN,
        /** fail2ban counted failures. */
        FAIL2BAN,
        /** Somebody typed it. */
        BY_HAND,
        /** Neither fail2ban's database nor its log tells. */
        UNKNOWN
    }

    /** Orders steps, and refuses none at all. */
    static List<Step> ordered(List<Step> steps) {
        List<Step> ordered = steps.stream().distinct().sorted(Step.ORDER).toList();
        if (ordered.isEmpty()) {
            throw new IllegalArgumentException("a plan without a step does nothing");
        }
        return ordered;
    }
}
