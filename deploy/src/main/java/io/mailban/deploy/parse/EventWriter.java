package io.mailban.deploy.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.fail2ban.LogEvent;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Service;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON, one object a line, in ASCII: no character in a user's name can end a line, whoever splits them.
 * Every object of one kind of log has the same keys; null stands for what the line doesn't say.
 */
final class EventWriter implements Closeable {
    private final JsonGenerator json;

    EventWriter(OutputStream out) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        json = factory.createGenerator(out).setRootValueSeparator(null);
    }

    void write(long line, LogEvent event) throws IOException {
        start(line, kind(event), event.at());
        text("jail", event instanceof LogEvent.OfJail of ? of.jail().name() : null);
        text("id", event instanceof LogEvent.OfId of ? of.written() : null);
        end();
    }

    /** Connections and rejected recipients are left out: they are no news by themselves, and there are many. */
    void write(long line, MailEvent event) throws IOException {
        Optional<String> kind = kind(event);
        if (kind.isEmpty()) {
            return;
        }
        start(line, kind.get(), event.at());
        text("service", serviceOf(event.service()));
        text("address", event.client().map(Address::text).orElse(null));
        text("mailbox", event.namedMailbox().map(Mailbox::name).orElse(null));
        text("mechanism", mechanism(event).orElse(null));
        end();
    }

    private static String kind(LogEvent event) {
        return switch (event) {
            case LogEvent.Banned _ -> "ban";
            case LogEvent.Unbanned _ -> "unban";
            case LogEvent.RestoredBan _ -> "restore-ban";
            case LogEvent.RepealedBan _ -> "repeal-ban";
            case LogEvent.Rebanned _ -> "reban";
            case LogEvent.AlreadyBanned _ -> "already-banned";
            case LogEvent.Found _ -> "found";
            case LogEvent.IncreasedBan _ -> "increase-ban";
            case LogEvent.Ignored _ -> "ignored";
            case LogEvent.Flushed _ -> "flush";
            case LogEvent.JailStarted _ -> "jail-started";
            case LogEvent.JailStopped _ -> "jail-stopped";
            case LogEvent.ServerStarted _ -> "server-started";
            case LogEvent.ServerStopping _ -> "server-stopping";
        };
    }

    private static Optional<String> kind(MailEvent event) {
        return switch (event) {
            case MailEvent.AuthFailure _ -> Optional.of("auth-failure");
            case MailEvent.Login _ -> Optional.of("login");
            case MailEvent.Delivered _ -> Optional.of("delivered");
            case MailEvent.Trouble _ -> Optional.of("trouble");
            case MailEvent.Connected _, MailEvent.Rejected _ -> Optional.empty();
        };
    }

    private static String serviceOf(Service service) {
        return service.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> mechanism(MailEvent event) {
        return switch (event) {
            case MailEvent.AuthFailure failure -> failure.mechanism();
            case MailEvent.Login login -> login.mechanism();
            case MailEvent.Delivered _, MailEvent.Trouble _, MailEvent.Connected _, MailEvent.Rejected _ ->
                Optional.empty();
        };
    }

    private void start(long line, String kind, LogTime at) throws IOException {
        json.writeStartObject();
        json.writeNumberField("line", line);
        json.writeStringField("kind", kind);
        text("at", at.iso().orElse(null));
    }

    private void text(String key, @Nullable String value) throws IOException {
        json.writeFieldName(key);
        json.writeString(value);
    }

    private void end() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
