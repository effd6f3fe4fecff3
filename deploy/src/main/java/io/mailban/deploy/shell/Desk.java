package io.mailban.deploy.shell;

import io.mailban.access.AccessPolicy;
import io.mailban.approval.ApprovalStore;
import io.mailban.audit.AuditChain;
import io.mailban.audit.AuditLog;
import io.mailban.bot.Bot;
import io.mailban.bot.Histories;
import io.mailban.bot.Inquiries;
import io.mailban.bot.MuteKeeper;
import io.mailban.bot.Pauses;
import io.mailban.bot.Requests;
import io.mailban.bot.RestraintTalk;
import io.mailban.bot.Tidying;
import io.mailban.bot.Unbans;
import io.mailban.mailserver.MailServers;
import io.mailban.privacy.Eraser;
import io.mailban.terminal.TerminalChat;
import java.time.InstantSource;

/**
 * Everything that commands and conversations work with, wired. Thread-safe.
 *
 * @param chat the terminals that are open; what the bot says goes there
 * @param closing lets go of sessions and the store
 */
public record Desk(
        Bot bot,
        Inquiries inquiries,
        Histories histories,
        Unbans unbans,
        Requests requests,
        RestraintTalk restraint,
        MuteKeeper mutes,
        MailServers servers,
        ApprovalStore store,
        AuditLog audit,
        AuditChain chain,
        Eraser eraser,
        Tidying tidying,
        AccessPolicy policy,
        TerminalChat chat,
        InstantSource clock,
        Pauses pauses,
        Runnable closing)
        implements AutoCloseable {

    @Override
    public void close() {
        closing.run();
    }
}
