package io.mailban.report;

import io.mailban.ban.Address;
import io.mailban.maillog.MailEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the mail log says of everybody. Bounded. Not thread-safe. */
final class MailStories {
    /** Failures older than this, of an address that never logged in, say nothing: they are another streak's. */
    private static final int STREAK = 86_400;

    private static final int FEW = 8;

    private final int mostEvents;
    private final int mostAddresses;
    private final Map<Address, Story> stories = new HashMap<>();
    private long lines;
    private int latest;

    /**
     * @param mostEvents how many to keep, eight bytes each
     * @param mostAddresses how many addresses to keep, some hundred bytes each
     */
    MailStories(int mostEvents, int mostAddresses) {
        this.mostEvents = mostEvents;
        this.mostAddresses = mostAddresses;
    }

    void add(Instant instant, MailEvent event) {
        int at = Seconds.of(instant);
        latest = Math.max(latest, at);
        switch (event) {
            case MailEvent.Login login ->
                login.address().ifPresent(address -> of(address).login(at, login.mailbox(), login.protocol()));
            case MailEvent.AuthFailure failure ->
                failure.address()
                        .ifPresent(address -> of(address)
                                .failure(
                                        at,
                                        failure.mailbox(),
                                        failure.cause(),
                                        failure.attempts().orElse(0),
                                        failure.protocol()));
            case MailEvent.Connected _, MailEvent.Rejected _, MailEvent.Delivered _, MailEvent.Trouble _ -> {}
        }
    }

    private Story of(Address address) {
        lines++;
        if (lines % (mostEvents / 16 + 1) == 0 && isFull()) {
            forget();
        }
        return stories.computeIfAbsent(address, _ -> new Story());
    }

    /** Lets go first of what can't matter any more, then of what hardly does, then of all strangers. */
    private void forget() {
        stories.values().removeIf(story -> !story.hasLoggedIn() && story.latest() < latest - STREAK);
        if (isFull()) {
            stories.values().forEach(story -> story.shorten(FEW));
        }
        if (isFull()) {
            stories.values().removeIf(story -> !story.hasLoggedIn());
        }
    }

    private boolean isFull() {
        return stories.size() > mostAddresses
                || stories.values().stream().mapToLong(Story::size).sum() > mostEvents;
    }

    boolean hasLoggedIn(Address address) {
        Story story = stories.get(address);
        return story != null && story.hasLoggedIn();
    }

    Optional<Story> find(Address address) {
        return Optional.ofNullable(stories.get(address));
    }

    /** The addresses from which somebody logged in, once at least. */
    Map<Address, Story> ofUsers() {
        Map<Address, Story> users = new HashMap<>();
        stories.forEach((address, story) -> {
            if (story.hasLoggedIn()) {
                users.put(address, story);
            }
        });
        return users;
    }
}
