package io.mailban.deploy.command;

import io.mailban.config.Settings;
import io.mailban.deploy.shell.Desk;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.terminal.TerminalChat;
import java.time.InstantSource;

/** Opens desks on the wired program. */
final class Desks {
    private Desks() {}

    /** For these settings and this user. Reaches no server yet. */
    static Desk open(Settings settings) {
        InstantSource clock = InstantSource.system();
        TerminalChat chat = new TerminalChat(clock);
        Mailban mailban =
                Mailban.open(settings, settings.policy(ThisUser.account().id()), chat);
        return new Desk(
                mailban.bot(),
                mailban.inquiries(),
                mailban.histories(),
                mailban.unbans(),
                mailban.requests(),
                mailban.restraint(),
                mailban.mutes(),
                mailban.servers(),
                mailban.store().approvals(),
                mailban.store().audit(),
                mailban.store().auditChain(),
                mailban.store().eraser(),
                mailban.tidying(),
                mailban.policy(),
                chat,
                clock,
                Thread::sleep,
                mailban::close);
    }
}
