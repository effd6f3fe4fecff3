package io.mailban.deploy.command;

import io.mailban.config.Settings;
import io.mailban.deploy.shell.Desk;
import io.mailban.deploy.shell.Door;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.deploy.wiring.Platforms;
import io.mailban.store.BotLock;
import io.mailban.terminal.Completions;
import io.mailban.terminal.TerminalChat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bot of a store, the only one there is: goes on with the requests that an earlier one left, and lets commands in
 * through its door; erases every day what is too old.
 */
record RunningBot(BotLock lock, Platforms platforms, Desk desk, Completions words, Door door, List<Thread> chores)
        implements AutoCloseable {
    /** For a chore to notice that the bot ends. */
    private static final Duration LEAVING = Duration.ofSeconds(1);

    /**
     * Becomes the bot, and lets people in on these platforms.
     *
     * @throws io.mailban.store.StoreUnusable if another is, or the store can't be used
     */
    static RunningBot start(Settings settings, Platforms platforms) {
        BotLock lock = BotLock.take(settings.store());
        List<Thread> chores = new ArrayList<>();
        Desk desk = null;
        Door door = null;
        boolean open = false;
        try {
            TerminalChat terminals = new TerminalChat(InstantSource.system());
            Mailban mailban = Desks.wire(settings, platforms, terminals);
            desk = Desks.of(mailban, terminals);
            platforms.greet();
            var _ = desk.requests().resume();
            chores.add(chore("exemptions", desk.restraint().keeper()::keep));
            Completions words = DeskWords.of(desk);
            door = Door.open(settings.store(), desk, words);
            chores.add(chore("tidying", desk.tidying()::daily));
            platforms.open(mailban);
            chores.add(chore("remarks", platforms::remark));
            open = true;
            return new RunningBot(lock, platforms, desk, words, door, List.copyOf(chores));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } finally {
            if (!open) {
                close(platforms, chores, door, desk, lock);
            }
        }
    }

    private static Thread chore(String name, Runnable work) {
        return Thread.ofVirtual().name("mailban-" + name).start(work);
    }

    @Override
    public void close() {
        close(platforms, chores, door, desk, lock);
    }

    /** In the order in which one needs the other, so that nobody is left who works on a store that is closed. */
    private static void close(
            Platforms platforms, List<Thread> chores, @Nullable Door door, @Nullable Desk desk, BotLock lock) {
        platforms.close();
        chores.forEach(Thread::interrupt);
        if (door != null) {
            door.close();
        }
        try {
            for (Thread chore : chores) {
                chore.join(LEAVING);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (desk != null) {
            desk.close();
        }
        lock.close();
    }
}
