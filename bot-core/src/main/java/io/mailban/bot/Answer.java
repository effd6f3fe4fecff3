package io.mailban.bot;

import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Chat;
import io.mailban.chat.Incoming;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Naming;
import io.mailban.reply.TalkWriter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One answer in the making: something is seen of it while servers are slow, and what is seen becomes the answer. Is used
 * once, by one thread.
 */
interface Answer {
    /** After this long, something is said. Well within the 3 s in which Slack and Discord want to hear of a form. */
    Duration PATIENCE = Duration.ofMillis(1500);

    /** For everyone in the place; whoever asked is told alone which names were masked there. */
    static Answer forAll(Chat chat, Incoming to) {
        return new Posted(chat, to);
    }

    /** For everyone, in the place of what this message shows now. */
    static Answer inPlaceOf(MessageRef old, Chat chat, Incoming to) {
        return new Edited(old, chat, to);
    }

    /** For the one who asked alone. */
    static Answer forOne(Chat chat, Incoming to) {
        return new Whispered(chat, to);
    }

    /** Something to look at until the answer is there. */
    void meanwhile(Card card);

    /** The answer. */
    void give(Card card);

    /** There will be none; why is told elsewhere. */
    void giveUp();

    /** Gives what comes of some work, which may say something meanwhile. */
    default void become(Supplier<Card> work) {
        Card card;
        try {
            card = work.get();
        } catch (RuntimeException e) {
            giveUp();
            throw e;
        }
        give(card);
    }

    /** Gives what comes of asking these servers, and says that they are asked if that takes long. */
    default void become(List<ServerName> asked, Supplier<Card> work) {
        become(() -> Everywhere.within(PATIENCE, work, () -> meanwhile(TalkWriter.asking(asked))));
    }
}

/** Is posted once, and edited from then on. */
final class Posted implements Answer {
    private final Chat chat;
    private final Incoming to;
    private @Nullable MessageRef message;

    Posted(Chat chat, Incoming to) {
        this.chat = chat;
        this.to = to;
    }

    @Override
    public void meanwhile(Card card) {
        show(card);
    }

    @Override
    public void give(Card card) {
        show(card);
        Names.tell(card, chat, to);
    }

    @Override
    public void giveUp() {
        if (message != null) {
            chat.update(message, TalkWriter.unanswered());
        }
    }

    private void show(Card card) {
        if (message == null) {
            message = chat.post(to.place(), card);
        } else {
            chat.update(message, card);
        }
    }
}

/** What the message shows stays until there is something better. */
final class Edited implements Answer {
    private final MessageRef message;
    private final Chat chat;
    private final Incoming to;
    private final Answer aside;

    Edited(MessageRef message, Chat chat, Incoming to) {
        this.message = message;
        this.chat = chat;
        this.to = to;
        this.aside = new Whispered(chat, to);
    }

    @Override
    public void meanwhile(Card card) {
        aside.meanwhile(card);
    }

    @Override
    public void give(Card card) {
        chat.update(message, card);
        Names.tell(card, chat, to);
    }

    @Override
    public void giveUp() {}
}

/** What is whispered can't be edited: only the first sign of life is worth a message. */
final class Whispered implements Answer {
    private final Chat chat;
    private final Incoming to;
    private Optional<Card> sign = Optional.empty();

    Whispered(Chat chat, Incoming to) {
        this.chat = chat;
        this.to = to;
    }

    @Override
    public void meanwhile(Card card) {
        if (sign.isEmpty()) {
            sign = Optional.of(card);
            give(card);
        }
    }

    @Override
    public void give(Card card) {
        chat.whisper(to.place(), to.person(), card);
    }

    @Override
    public void giveUp() {}
}

/** Tells whoever asked the names that others see masked. */
final class Names {
    private Names() {}

    static void tell(Card card, Chat chat, Incoming to) {
        if (chat.naming(to.place()) == Naming.FULL) {
            return;
        }
        Set<Mailbox> hidden = new LinkedHashSet<>(card.names());
        hidden.removeIf(name -> name.masked().equals(name.name()));
        if (!hidden.isEmpty()) {
            chat.whisper(to.place(), to.person(), TalkWriter.inFull(hidden));
        }
    }
}
