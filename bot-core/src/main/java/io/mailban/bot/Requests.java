package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.ban.Address;
import io.mailban.chat.Chat;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Question;
import io.mailban.reply.ReplyWriter;
import io.mailban.restraint.Mode;
import io.mailban.restraint.Uses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A request's life as the chat sees it: one card wherever all are shown and where it was asked, edited as the request moves
 * on. What a chat can't say keeps no request from being carried out. Thread-safe.
 */
public final class Requests implements AutoCloseable {
    /** A look costs a question to each server of the plan. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private static final Duration LOOK_AT_THE_SWITCH = Duration.ofSeconds(5);

    /** Whoever looks for an older request asks for it by its name. */
    private static final Duration CAUGHT_UP = Duration.ofDays(7);

    private final Unbans unbans;
    private final Inquiries inquiries;
    private final Watch watch;
    private final ApprovalStore store;
    private final Restraint restraint;
    private final Reminders reminders;
    private final Copies copies;
    private final Voice voice;
    private final Pauses pauses;
    private final InstantSource clock;
    private final Background background = new Background("mailban-request");

    /**
     * Works on these.
     *
     * @param requestPlaces where every request is shown, wherever it was asked for
     */
    public Requests(
            Unbans unbans,
            Inquiries inquiries,
            Watch watch,
            ApprovalStore store,
            PostedCards posted,
            Restraint restraint,
            Reminders reminders,
            Chat chat,
            List<Place> requestPlaces,
            Pauses pauses,
            InstantSource clock) {
        this.unbans = unbans;
        this.inquiries = inquiries;
        this.watch = watch;
        this.store = store;
        this.restraint = restraint;
        this.reminders = reminders;
        this.copies = new Copies(store, posted, reminders, chat, requestPlaces);
        this.voice = new Voice(chat);
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Asks for approval, in the place where it was asked for. */
    public Unbans.Requested open(Plan plan, Person requester, String reason, DeviceState device, Place place) {
        if (restraint.hold(requester, Uses.Kind.REQUEST) instanceof Restraint.Holding.Held held) {
            voice.whisper(place, requester, RestraintTalk.said(held));
            return new Unbans.Requested.Held(held);
        }
        Unbans.Requested requested = unbans.request(plan, requester, reason, device);
        switch (requested) {
            case Unbans.Requested.Opened(var approval) -> {
                copies.show(approval, List.of(place));
                background(() -> warn(approval, place));
                background(() -> await(approval));
                background(() -> remind(approval));
            }
            case Unbans.Requested.Joined(var approval) -> join(approval, requester, place);
            case Unbans.Requested.NotAllowed(var refused) ->
                voice.whisper(place, requester, ReplyWriter.refused(refused.refusal()));
            case Unbans.Requested.Held(var held) -> voice.whisper(place, requester, RestraintTalk.said(held));
        }
        return requested;
    }

    /** Lifts without approval, and tells those who may approve. */
    public Unbans.Requested emergency(Plan plan, Person by, String reason, Place place) {
        if (restraint.hold(by, Uses.Kind.APPROVAL) instanceof Restraint.Holding.Held held) {
            voice.whisper(place, by, RestraintTalk.said(held));
            return new Unbans.Requested.Held(held);
        }
        Unbans.Requested requested = unbans.emergency(plan, by, reason);
        switch (requested) {
            case Unbans.Requested.Opened(var approval) -> {
                approval.follows().ifPresent(copies::refresh);
                copies.show(approval, List.of(place));
                copies.call(approval, place, reminders.deciders(approval), ReplyWriter.emergencyNotice(approval));
                background(() -> advance(approval));
            }
            case Unbans.Requested.Joined(var approval) -> join(approval, by, place);
            case Unbans.Requested.NotAllowed(var refused) ->
                voice.whisper(place, by, ReplyWriter.refused(refused.refusal()));
            case Unbans.Requested.Held(var held) -> voice.whisper(place, by, RestraintTalk.said(held));
        }
        return requested;
    }

    /** Shows approvers the alarm that there is about an address: a thief can ask to be let in as well as anybody. */
    private void warn(Approval approval, Place place) {
        if (approval.plan().target() instanceof Address address) {
            Diagnosis diagnosis = inquiries.check(new Question.OfAddress(address), Optional.empty());
            if (diagnosis.worst().weight() == Finding.Weight.ALARM) {
                copies.tell(approval, place, ReplyWriter.diagnosis(diagnosis));
            }
        }
    }

    private void join(Approval approval, Person who, Place place) {
        voice.whisper(place, who, ReplyWriter.joined(approval, who));
        copies.showAgain(approval, place);
    }

    /** Counts a vote; what it started goes on in the background, and the voter is told at once where it did not count. */
    public Unbans.Voted vote(ApprovalId id, Person by, Vote vote, Place place) {
        Unbans.Voted voted =
                held(by, vote).<Unbans.Voted>map(Unbans.Voted.Held::new).orElseGet(() -> unbans.vote(id, by, vote));
        switch (voted) {
            case Unbans.Voted.Counted(var approval) -> {
                copies.refresh(approval.id());
                if (approval.stage().life() == Stage.Life.MOVING) {
                    background(() -> advance(approval));
                }
            }
            case Unbans.Voted.NotCounted(var why) -> {
                voice.whisper(place, by, ReplyWriter.notCounted(why));
                // Whoever pressed what is not there to be pressed any more sees a copy that was left behind.
                copies.refresh(id);
            }
            case Unbans.Voted.NoSuchRequest(var missing) ->
                voice.whisper(place, by, ReplyWriter.noSuchRequest(missing));
            case Unbans.Voted.Held(var held) -> voice.whisper(place, by, RestraintTalk.said(held));
        }
        return voted;
    }

    /** Takes a request back; whoever may not is told why. */
    public Unbans.TakenBack withdraw(ApprovalId id, Person by, Place place) {
        Unbans.TakenBack taken = unbans.withdraw(id, by);
        switch (taken) {
            case Unbans.TakenBack.Done(var approval) -> copies.refresh(approval.id());
            case Unbans.TakenBack.NotDone(var why) -> {
                voice.whisper(place, by, ReplyWriter.notWithdrawn(why));
                copies.refresh(id);
            }
            case Unbans.TakenBack.NoSuchRequest(var missing) ->
                voice.whisper(place, by, ReplyWriter.noSuchRequest(missing));
        }
        return taken;
    }

    /** A request that still waits for this person's answer; whoever comes too late is told what became of it. */
    public Optional<Approval> waiting(ApprovalId id, Person who, Place place) {
        Optional<Approval> now = store.find(id).map(unbans::expireIfDue);
        if (now.isEmpty()) {
            voice.whisper(place, who, ReplyWriter.noSuchRequest(id));
        } else if (!(now.get().stage() instanceof Stage.Requested)) {
            voice.whisper(place, who, ReplyWriter.tooLate(now.get()));
            copies.refresh(id);
            return Optional.empty();
        }
        return now;
    }

    /**
     * Shows everywhere what requests of the last days have become meanwhile, and every one that is not over where all are
     * shown. Call at the start, and when a platform is there again.
     */
    public void catchUp() {
        copies.catchUp(clock.instant().minus(CAUGHT_UP));
    }

    /** What waits for people, what is being carried out, and what was lifted without approval and is still watched. */
    public List<Approval> pending() {
        return store.open().stream()
                .map(unbans::expireIfDue)
                .filter(approval -> switch (approval.stage().life()) {
                    case WAITING -> true;
                    case MOVING ->
                        !(approval.stage() instanceof Stage.Done done)
                                || done.decision().kind() == Stage.Decision.Kind.EMERGENCY;
                    case OVER -> false;
                })
                .toList();
    }

    /**
     * Goes on with every request that is not over, as after a restart. Call once, before anybody is answered.
     *
     * @return what it started, each done when its request rests
     */
    public List<CompletableFuture<?>> resume() {
        List<CompletableFuture<?>> started = new ArrayList<>();
        for (Approval approval : store.open()) {
            background(() -> showInPlaceOfTheOld(approval));
            switch (approval.stage().life()) {
                case WAITING -> {
                    background(() -> await(approval));
                    background(() -> remind(approval));
                }
                case MOVING -> started.add(background.launch(() -> advance(approval)));
                case OVER -> throw new IllegalStateException(approval.id() + " is over and was listed as open");
            }
        }
        return started;
    }

    /** Carries an approved request to its end and looks for the client; blocks until then. */
    void advance(Approval approval) {
        try {
            Approval now = carryOut(approval);
            while (now.stage() instanceof Stage.Retrying retrying) {
                pauseUntil(retrying.retryAt());
                now = carryOut(store.find(approval.id()).orElse(now));
            }
            if (now.stage() instanceof Stage.Replaced replaced) {
                store.find(replaced.by()).ifPresent(fresh -> {
                    showInPlaceOfTheOld(fresh);
                    background(() -> await(fresh));
                });
            }
            copies.refresh(watch.follow(now).id());
        } catch (InterruptedException _) {
            // The bot ends; whoever opens the store next goes on.
            Thread.currentThread().interrupt();
        }
    }

    private Approval carryOut(Approval approval) throws InterruptedException {
        waitUntilWritable(approval);
        Approval now = unbans.carryOut(approval);
        copies.refresh(now.id());
        return now;
    }

    /** A no is always heard: it changes nothing. */
    private Optional<Restraint.Holding.Held> held(Person by, Vote vote) {
        return switch (vote) {
            case Vote.Approve _
            when restraint.hold(by, Uses.Kind.APPROVAL) instanceof Restraint.Holding.Held held -> Optional.of(held);
            case Vote.Approve _, Vote.Deny _ -> Optional.empty();
        };
    }

    /** What was approved before the switch was turned waits until it is turned back, or until the request's own end. */
    private void waitUntilWritable(Approval approval) throws InterruptedException {
        while (restraint.mode() instanceof Mode.ReadOnly && clock.instant().isBefore(approval.expiresAt())) {
            pauses.pause(LOOK_AT_THE_SWITCH);
        }
    }

    private void remind(Approval approval) {
        try {
            copies.remind(approval);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks now and then whether a request that waits has become idle: nobody decided in time, or its ban is gone. */
    private void await(Approval approval) {
        try {
            Approval now = approval;
            while (now.stage() instanceof Stage.Requested) {
                Instant look = clock.instant().plus(LOOK_EVERY);
                pauseUntil(look.isBefore(now.expiresAt()) ? look : now.expiresAt());
                now = unbans.endIfGone(
                        unbans.expireIfDue(store.find(approval.id()).orElse(now)));
                copies.refresh(now.id());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void pauseUntil(Instant end) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), end);
        if (left.isPositive()) {
            pauses.pause(left);
        }
    }

    /** A request that took another's place is seen wherever that one was; again after a crash in between. */
    private void showInPlaceOfTheOld(Approval fresh) {
        fresh.follows().ifPresent(old -> {
            copies.refresh(old);
            copies.show(fresh, List.of());
        });
    }

    private void background(Runnable task) {
        var _ = background.launch(task);
    }

    /**
     * Ends what goes on in the background, before the store is closed, and waits some seconds for it; whoever opens that next
     * goes on. To be called again when the servers have been let go, on which something may hang.
     */
    @Override
    public void close() {
        background.close();
        copies.close();
    }
}
