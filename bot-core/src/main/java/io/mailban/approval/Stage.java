package io.mailban.approval;

import io.mailban.access.Person;
import io.mailban.access.Verdict;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import java.time.Instant;
import java.util.List;

/** Where a request is in its life. */
public sealed interface Stage {

    /** Whether anything can still happen to a request at this stage. */
    enum Life {
        /** It waits for people. */
        WAITING,
        /** The bot has something to do. */
        MOVING,
        /** Nothing more will happen. */
        OVER
    }

    /** Which of the three this is. */
    default Life life() {
        return switch (this) {
            case Requested _ -> Life.WAITING;
            case Approved _, Running _, Retrying _ -> Life.MOVING;
            case Done done -> done.aftermath() instanceof Aftermath.Watching ? Life.MOVING : Life.OVER;
            case Denied _, Expired _, Withdrawn _, Overtaken _, Replaced _, Revoked _ -> Life.OVER;
        };
    }

    /** Waits for approvers; some of them may have said yes. */
    record Requested() implements Stage {}

    /** Enough of those who may said yes; nothing has been run. */
    record Approved(Decision decision) implements Stage {}

    /**
     * The steps are being run; found after a crash, those without a result are run again, which lifts nothing twice.
     *
     * @param results of the steps that need nothing more, in the plan's order
     * @param tries how often the plan was tried before
     */
    record Running(Decision decision, List<StepResult> results, int tries) implements Stage {
        /** Copies the list. */
        public Running {
            results = List.copyOf(results);
        }
    }

    /**
     * Of some steps nobody knows what they did, since their server can't be asked; those are tried again.
     *
     * @param results one for each step in the plan's order
     * @param tries how often the plan was tried
     */
    record Retrying(Decision decision, List<StepResult> results, int tries, Instant retryAt) implements Stage {
        /** Copies the list. */
        public Retrying {
            results = List.copyOf(results);
        }
    }

    /** The plan was carried out, with one result for each step in the plan's order. */
    record Done(Decision decision, Instant at, List<StepResult> results, Aftermath aftermath) implements Stage {
        /** Copies the list. */
        public Done {
            results = List.copyOf(results);
        }

        /** Whether every ban is gone. */
        public Success success() {
            long failed = results.stream()
                    .filter(result -> !result.outcome().isGood())
                    .count();
            return failed == 0 ? Success.WHOLE : failed == results.size() ? Success.NONE : Success.PARTLY;
        }
    }

    /** How much of a plan came true. */
    enum Success {
        /** Every ban is gone. */
        WHOLE,
        /** Some stand. */
        PARTLY,
        /** All stand. */
        NONE
    }

    /** An approver said no, and why. */
    record Denied(Decision decision, String why) implements Stage {}

    /** Not decided, or not begun, in time. */
    record Expired(Instant at) implements Stage {}

    /** The bans were gone before anything was run. */
    record Overtaken(Instant at) implements Stage {}

    /** The requester took it back. */
    record Withdrawn(Person by, Instant at) implements Stage {}

    /**
     * Another request took its place, which asks anew.
     *
     * @param results of the steps that had been run before
     */
    record Replaced(Instant at, Why why, ApprovalId by, List<StepResult> results) implements Stage {
        /** Copies the list. */
        public Replaced {
            results = List.copyOf(results);
        }

        /** For what reason. */
        public enum Why {
            /** More would have been lifted than was shown to those who agreed. */
            MORE_THAN_APPROVED,
            /** An approver lifted it without waiting. */
            EMERGENCY
        }
    }

    /**
     * It was approved, and then somebody lost the right that this took: nothing (more) was run.
     *
     * @param lost who, and which role
     * @param results of the steps that had been run before
     */
    record Revoked(Decision decision, Instant at, Verdict.Refused lost, List<StepResult> results) implements Stage {
        /** Copies the list. */
        public Revoked {
            results = List.copyOf(results);
        }
    }

    /** Who decided, when; {@code kind} tells a person's own request apart. */
    record Decision(Person by, Instant at, Kind kind) {
        /** Whose request was decided. */
        public enum Kind {
            /** Somebody else's. */
            BY_ANOTHER,
            /** Their own, as the configuration allows. */
            SELF_APPROVED,
            /** Nobody's: an approver lifted it without asking, and said why. */
            EMERGENCY
        }
    }

    /** What became of one step; {@code words} are fail2ban's or ours, empty where there is nothing to add. */
    record StepResult(ServerName server, Jail jail, Outcome outcome, String words) {
        private static final String READ_ONLY = "Mailban is read-only now";

        /** Not run, since the bot is read-only. */
        public static StepResult heldBack(ServerName server, Jail jail) {
            return new StepResult(server, jail, Outcome.NOT_TOLD, READ_ONLY);
        }

        /** Whether it waits for nothing but the end of read-only. */
        public boolean isHeldBack() {
            return outcome == Outcome.NOT_TOLD && words.equals(READ_ONLY);
        }

        /** What the check after the lift saw. */
        public enum Outcome {
            /** We lifted it, and it is gone. */
            LIFTED,
            /** It was gone when we came. */
            ALREADY_GONE,
            /** It stands. */
            STILL_BANNED,
            /** The jail leaves the address alone for the time that was approved. */
            EXEMPTED,
            /** fail2ban refused to leave it alone. */
            NOT_EXEMPTED,
            /** fail2ban says that it lifted it; the look after that failed. Never lifted again, only looked at. */
            UNCHECKED,
            /** The server could not be asked: nobody knows. */
            NOT_TOLD;

            /** Whether what was approved is so now. */
            public boolean isGood() {
                return switch (this) {
                    case LIFTED, ALREADY_GONE, EXEMPTED -> true;
                    case STILL_BANNED, NOT_EXEMPTED, UNCHECKED, NOT_TOLD -> false;
                };
            }

            /** Whether a step with this outcome needs nothing more. */
            public boolean isSettled() {
                return switch (this) {
                    case LIFTED, ALREADY_GONE, EXEMPTED, STILL_BANNED, NOT_EXEMPTED -> true;
                    case UNCHECKED, NOT_TOLD -> false;
                };
            }
        }
    }

    /** What the client did after the ban was lifted. */
    sealed interface Aftermath {
        /** Nothing yet; looked for until then. */
        record Watching(Instant until) implements Aftermath {}

        /** It logged in: all is well. */
        record LoggedIn(Instant at, Mailbox mailbox, String protocol) implements Aftermath {}

        /** It was banned again: it still sends the old password. */
        record BannedAgain(Instant at, ServerName server, Jail jail) implements Aftermath {}

        /** Neither, in the time that was given to it. */
        record Quiet(Instant at) implements Aftermath {}

        /** There was nothing to wait for: a network, or nothing was lifted. */
        record NotWatched() implements Aftermath {}
    }
}
