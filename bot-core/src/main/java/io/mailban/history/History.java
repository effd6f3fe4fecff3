package io.mailban.history;

import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Question;
import io.mailban.mailserver.Tracing;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to an address or a mailbox.
 *
 * @param happenings newest first
 * @param logs what each server's logs said, or why they could not be read: how far back the absence of a line counts
 */
public record History(Question question, Instant askedAt, List<Happening> happenings, Map<ServerName, Tracing> logs) {
    /** Copies the collections. */
    public History {
        happenings = List.copyOf(happenings);
        logs = Collections.unmodifiableMap(new LinkedHashMap<>(logs));
    }
}
