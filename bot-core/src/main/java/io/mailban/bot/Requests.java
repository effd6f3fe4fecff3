package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.chat.Chat;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards;
import io.mailban.reply.ReplyWriter;
import io.mailban.restraint.Mode;
import io.mailban.restraint.Uses;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A request's life as the chat sees it: one card, edited wherever it was posted as the request moves on. Thread-safe. */
public final class Requests {
    private static final Duration LOOK_AT_THE_SWITCH = Duration.ofSeconds(5);

    private final Unbans unbans;
    private final Watch watch;
    private final ApprovalStore store;
    private final PostedCards posted;
    private final Restraint restraint;
    private final Reminders reminders;
    private final Chat chat;
    private final Pauses pauses;
    private final InstantSource clock;

    /** Works on these. */
    public Requests(
            Unbans unbans,
            Watch watch,
            ApprovalStore store,
            PostedCards posted,
            Restraint restraint,
            Reminders reminders,
            Chat chat,
            Pauses pauses,
            InstantSource clock) {
        this.unbans = unbans;
        this.watch = watch;
        this.store = store;
        this.posted = posted;
        this.restraint = restraint;
        this.reminders = reminders;
        this.chat = chat;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Asks for approval, in the place where it was asked for. */
    public Unbans.Requested open(Plan plan, Person requester, String reason, DeviceState device, Place place) {
        if (restraint.hold(requester, Uses.Kind.REQUEST) instanceof Restraint.Holding.Held held) {
            chat.whisper(place, requester, RestraintTalk.said(held));
            return new Unbans.Requested.Held(held);
        }
        Unbans.Requested requested = unbans.request(plan, requester, reason, device);
        switch (requested) {
            case Unbans.Requested.Opened(var approval) -> {
                post(approval, place);
                background(() -> expireInTime(approval));
                background(() -> remind(approval));
            }
            case Unbans.Requested.Joined(var approval) -> {
                chat.whisper(place, requester, ReplyWriter.joined(approval));
                post(approval, place);
            }
            case Unbans.Requested.NotAllowed(var refused) ->
                chat.whisper(place, requester, ReplyWriter.refused(refused.refusal()));
            case Unbans.Requested.Held(var held) -> chat.whisper(place, requester, RestraintTalk.said(held));
        }
        return requested;
    }

    /** Counts a vote; what it started goes on in the background, and the voter is told at once where it did not count. */
    public Unbans.Voted vote(ApprovalId id, Person by, Vote vote, Place place) {
        Unbans.Voted voted =
                held(by, vote).<Unbans.Voted>map(Unbans.Voted.Held::new).orElseGet(() -> unbans.vote(id, by, vote));
        switch (voted) {
            case Unbans.Voted.Counted(var approval) -> {
                refresh(approval);
                background(() -> advance(approval));
            }
            case Unbans.Voted.NotCounted(var why) -> chat.whisper(place, by, ReplyWriter.notCounted(why));
            case Unbans.Voted.NoSuchRequest(var missing) -> chat.whisper(place, by, ReplyWriter.noSuchRequest(missing));
            case Unbans.Voted.Held(var held) -> chat.whisper(place, by, RestraintTalk.said(held));
        }
        return voted;
    }

    /**
     * Goes on with every request that is not over, as after a restart. Call once, before anybody is answered.
     *
     * @return what it started, each done when its request rests
     */
    public List<CompletableFuture<?>> resume() {
        List<CompletableFuture<?>> started = new ArrayList<>();
        for (Approval approval : store.open()) {
            switch (approval.stage().life()) {
                case WAITING -> {
                    background(() -> expireInTime(approval));
                    background(() -> remind(approval));
                }
                case MOVING ->
                    started.add(Everywhere.start(() -> {
                        advance(approval);
                        return approval;
                    }));
                case OVER -> throw new IllegalStateException(approval.id() + " is over and was listed as open");
            }
        }
        return started;
    }

    /** Carries an approved request to its end and looks for the client; blocks until then. */
    void advance(Approval approval) {
        try {
            waitUntilWritable();
            Approval done = unbans.carryOut(approval);
            refresh(done);
            Approval watched = watch.follow(done);
            if (watched.version() != done.version()) {
                refresh(watched);
            }
        } catch (InterruptedException _) {
            // The bot ends; whoever opens the store next goes on.
            Thread.currentThread().interrupt();
        }
    }

    /** A no is always heard: it changes nothing. */
    private Optional<Restraint.Holding.Held> held(Person by, Vote vote) {
        return switch (vote) {
            case Vote.Approve _
            when restraint.hold(by, Uses.Kind.APPROVAL) instanceof Restraint.Holding.Held held -> Optional.of(held);
            case Vote.Approve _, Vote.Deny _ -> Optional.empty();
        };
    }

    /** What was approved before the switch was turned waits until it is turned back. */
    private void waitUntilWritable() throws InterruptedException {
        while (restraint.mode() instanceof Mode.ReadOnly) {
            pauses.pause(LOOK_AT_THE_SWITCH);
        }
    }

    private void remind(Approval approval) {
        try {
            reminders.remind(approval);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void expireInTime(Approval approval) {
        try {
            Duration left = Duration.between(clock.instant(), approval.expiresAt());
            if (left.isPositive()) {
                pauses.pause(left);
            }
            store.find(approval.id())
                    .filter(current -> current.stage() instanceof Stage.Requested)
                    .map(unbans::expireIfDue)
                    .ifPresent(this::refresh);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(Approval approval, Place place) {
        posted.add(approval.id(), reminders.show(approval, place));
    }

    private void refresh(Approval approval) {
        for (MessageRef copy : posted.copies(approval.id())) {
            chat.update(copy, ReplyWriter.request(approval));
        }
    }

    private static void background(Runnable task) {
        var _ = Thread.ofVirtual().name("mailban-request").start(task);
    }
}
