package io.mailban.deploy.command;

import io.mailban.audit.AuditEntry;
import io.mailban.ban.ServerName;
import io.mailban.bot.Everywhere;
import io.mailban.chat.CommandParser;
import io.mailban.deploy.shell.Desk;
import io.mailban.mailserver.Description;
import io.mailban.terminal.Completions;
import java.util.List;
import java.util.stream.Stream;

/** Words to complete, of a desk: the jails come from the servers, once they have answered. Thread-safe. */
final class DeskWords implements Completions {
    private static final int RECENT = 100;

    private final Desk desk;
    private volatile List<String> jails = List.of();

    private DeskWords(Desk desk) {
        this.desk = desk;
    }

    /** Asks the servers for their jails, and waits for none. */
    static DeskWords of(Desk desk) {
        DeskWords words = new DeskWords(desk);
        Thread.ofVirtual().name("mailban-words").start(words::learn);
        return words;
    }

    private void learn() {
        jails = Everywhere.ask(desk.servers().names(), desk.servers()::describe).values().stream()
                .flatMap(description -> description instanceof Description.Described described
                        ? described.jails().stream().map(jail -> jail.jail().name())
                        : Stream.empty())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<String> commands() {
        return Stream.concat(CommandParser.names().stream(), Stream.of("quit")).toList();
    }

    @Override
    public List<String> servers() {
        return desk.servers().names().stream().map(ServerName::name).toList();
    }

    @Override
    public List<String> jails() {
        return jails;
    }

    @Override
    public List<String> seen() {
        return desk.audit().newest(RECENT).stream()
                .map(AuditEntry::subject)
                .distinct()
                .toList();
    }
}
