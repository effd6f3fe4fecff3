package io.mailban.deploy.command;

import io.mailban.config.Settings;
import io.mailban.deploy.shell.Desk;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.deploy.wiring.Platforms;
import io.mailban.terminal.TerminalChat;
import java.time.InstantSource;

/** Opens desks on the wired program. */
final class Desks {
    private Desks() {}

    /** For these settings and this user, at this machine's terminals alone. Reaches no server yet. */
    static Desk open(Settings settings) {
        TerminalChat terminals = new TerminalChat(InstantSource.system());
        return of(wire(settings, Platforms.none(), terminals), terminals);
    }

    /** The program for these settings and this user. Reaches nothing yet. */
    static Mailban wire(Settings settings, Platforms platforms, TerminalChat terminals) {
        return Mailban.open(
                settings,
                settings.policy(ThisUser.account().id(), platforms.groups()),
                platforms.with(terminals),
                platforms.requestPlaces());
    }

    /** On this program. */
    static Desk of(Mailban mailban, TerminalChat terminals) {
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
                terminals,
                InstantSource.system(),
                Thread::sleep,
                mailban::close);
    }
}
