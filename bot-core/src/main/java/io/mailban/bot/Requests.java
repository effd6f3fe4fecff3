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
import io.mailban.chat.MessageRef;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A request's life as the chat sees it: one card, edited wherever it was posted as the request moves on. Thread-safe. */
public final class Requests implements AutoCloseable {
    /** A look costs a question to each server of the plan. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private static final Duration LOOK_AT_THE_SWITCH = Duration.ofSeconds(5);

    private final Unbans unbans;
    private final Inquiries inquiries;
    private final Watch watch;
    private final ApprovalStore store;
    private final PostedCards posted;
    private final Restraint restraint;
    private final Reminders reminders;
    private final Chat chat;
    private final Pauses pauses;
    private final InstantSource clock;
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    /** Works on these. */
    public Requests(
            Unbans unbans,
            Inquiries inquiries,
            Watch watch,
            ApprovalStore store,
            PostedCards posted,
            Restraint restraint,
            Reminders reminders,
            Chat chat,
            Pauses pauses,
            InstantSource clock) {
        this.unbans = unbans;
        this.inquiries = inquiries;
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
                background(() -> warn(approval, place));
                background(() -> await(approval));
                background(() -> remind(approval));
            }
            case Unbans.Requested.Joined(var approval) -> join(approval, requester, place);
            case Unbans.Requested.NotAllowed(var refused) ->
                chat.whisper(place, requester, ReplyWriter.refused(refused.refusal()));
            case Unbans.Requested.Held(var held) -> chat.whisper(place, requester, RestraintTalk.said(held));
        }
        return requested;
    }

    /** Lifts without approval, and tells those who may approve. */
    public Unbans.Requested emergency(Plan plan, Person by, String reason, Place place) {
        if (restraint.hold(by, Uses.Kind.APPROVAL) instanceof Restraint.Holding.Held held) {
            chat.whisper(place, by, RestraintTalk.said(held));
            return new Unbans.Requested.Held(held);
        }
        Unbans.Requested requested = unbans.emergency(plan, by, reason);
        switch (requested) {
            case Unbans.Requested.Opened(var approval) -> {
                approval.follows().flatMap(store::find).ifPresent(this::refresh);
                post(approval, place);
                reminders.tell(approval, place);
                background(() -> advance(approval));
            }
            case Unbans.Requested.Joined(var approval) -> join(approval, by, place);
            case Unbans.Requested.NotAllowed(var refused) ->
                chat.whisper(place, by, ReplyWriter.refused(refused.refusal()));
            case Unbans.Requested.Held(var held) -> chat.whisper(place, by, RestraintTalk.said(held));
        }
        return requested;
    }

    /** Shows approvers the alarm that there is about an address: a thief can ask to be let in as well as anybody. */
    private void warn(Approval approval, Place place) {
        if (approval.plan().target() instanceof Address address) {
            Diagnosis diagnosis = inquiries.check(new Question.OfAddress(address), Optional.empty());
            if (diagnosis.worst().weight() == Finding.Weight.ALARM) {
                var _ = chat.post(place, ReplyWriter.diagnosis(diagnosis));
            }
        }
    }

    private void join(Approval approval, Person who, Place place) {
        chat.whisper(place, who, ReplyWriter.joined(approval));
        refresh(approval);
        post(approval, place);
    }

    /** Counts a vote; what it started goes on in the background, and the voter is told at once where it did not count. */
    public Unbans.Voted vote(ApprovalId id, Person by, Vote vote, Place place) {
        Unbans.Voted voted =
                held(by, vote).<Unbans.Voted>map(Unbans.Voted.Held::new).orElseGet(() -> unbans.vote(id, by, vote));
        switch (voted) {
            case Unbans.Voted.Counted(var approval) -> {
                refresh(approval);
                if (approval.stage().life() == Stage.Life.MOVING) {
                    background(() -> advance(approval));
                }
            }
            case Unbans.Voted.NotCounted(var why) -> chat.whisper(place, by, ReplyWriter.notCounted(why));
            case Unbans.Voted.NoSuchRequest(var missing) -> chat.whisper(place, by, ReplyWriter.noSuchRequest(missing));
            case Unbans.Voted.Held(var held) -> chat.whisper(place, by, RestraintTalk.said(held));
        }
        return voted;
    }

    /** Takes a request back; whoever may not is told why. */
    public Unbans.TakenBack withdraw(ApprovalId id, Person by, Place place) {
        Unbans.TakenBack taken = unbans.withdraw(id, by);
        switch (taken) {
            case Unbans.TakenBack.Done(var approval) -> refresh(approval);
            case Unbans.TakenBack.NotDone(var why) -> chat.whisper(place, by, ReplyWriter.notWithdrawn(why));
            case Unbans.TakenBack.NoSuchRequest(var missing) ->
                chat.whisper(place, by, ReplyWriter.noSuchRequest(missing));
        }
        return taken;
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
            showInPlaceOfTheOld(approval);
            switch (approval.stage().life()) {
                case WAITING -> {
                    background(() -> await(approval));
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
            Approval watched = watch.follow(now);
            if (watched.version() != now.version()) {
                refresh(watched);
            }
        } catch (InterruptedException _) {
            // The bot ends; whoever opens the store next goes on.
            Thread.currentThread().interrupt();
        }
    }

    private Approval carryOut(Approval approval) throws InterruptedException {
        waitUntilWritable(approval);
        Approval now = unbans.carryOut(approval);
        refresh(now);
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
            reminders.remind(approval);
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
                Approval current = store.find(approval.id()).orElse(now);
                now = unbans.endIfGone(unbans.expireIfDue(current));
                if (now.version() != current.version()) {
                    refresh(now);
                }
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
        if (fresh.follows().isEmpty() || !posted.copies(fresh.id()).isEmpty()) {
            return;
        }
        ApprovalId old = fresh.follows().get();
        store.find(old).ifPresent(this::refresh);
        posted.copies(old).stream().map(MessageRef::place).distinct().forEach(place -> post(fresh, place));
    }

    private void post(Approval approval, Place place) {
        posted.add(approval.id(), reminders.show(approval, place));
    }

    private void refresh(Approval approval) {
        for (MessageRef copy : posted.copies(approval.id())) {
            chat.update(copy, ReplyWriter.request(approval));
        }
    }

    private void background(Runnable task) {
        Thread thread = Thread.ofVirtual().name("mailban-request").unstarted(() -> {
            try {
                task.run();
            } finally {
                waiting.remove(Thread.currentThread());
            }
        });
        waiting.add(thread);
        thread.start();
    }

    /** Ends what waits in the background, before the store is closed; whoever opens that next goes on. */
    @Override
    public void close() {
        waiting.forEach(Thread::interrupt);
    }
}
