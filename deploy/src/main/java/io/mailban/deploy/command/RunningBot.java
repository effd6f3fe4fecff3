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
import java.time.InstantSource;
import java.util.List;

/**
 * The bot of a store, the only one there is: goes on with the requests that an earlier one left, and lets commands in
 * through its door; erases every day what is too old.
 */
record RunningBot(BotLock lock, Platforms platforms, Desk desk, Completions words, Door door, List<Thread> chores)
        implements AutoCloseable {

    /**
     * Becomes the bot, and lets people in on these platforms.
     *
     * @throws io.mailban.store.StoreUnusable if another is, or the store can't be used
     */
    static RunningBot start(Settings settings, Platforms platforms) {
        BotLock lock = BotLock.take(settings.store());
        Desk desk = null;
        Door door = null;
        boolean open = false;
        try {
            TerminalChat terminals = new TerminalChat(InstantSource.system());
            Mailban mailban = Desks.wire(settings, platforms, terminals);
            desk = Desks.of(mailban, terminals);
            var _ = desk.requests().resume();
            Thread keeping = Thread.ofVirtual()
                    .name("mailban-exemptions")
                    .start(desk.restraint().keeper()::keep);
            Completions words = DeskWords.of(desk);
            door = Door.open(settings.store(), desk, words);
            Thread tidying = Thread.ofVirtual().name("mailban-tidying").start(desk.tidying()::daily);
            platforms.open(mailban);
            open = true;
            return new RunningBot(lock, platforms, desk, words, door, List.of(keeping, tidying));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } finally {
            if (!open) {
                platforms.close();
                if (door != null) {
                    door.close();
                }
                if (desk != null) {
                    desk.close();
                }
                lock.close();
            }
        }
    }

    @Override
    public void close() {
        platforms.close();
        chores.forEach(Thread::interrupt);
        door.close();
        desk.close();
        lock.close();
    }
}
