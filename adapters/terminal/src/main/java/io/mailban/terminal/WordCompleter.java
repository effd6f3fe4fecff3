package io.mailban.terminal;

import io.mailban.chat.Visible;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Tab: commands first, then what commands are about. */
record WordCompleter(Completions completions, SeenWords seen) implements Completer {
    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            offer(completions.commands(), "commands", candidates);
            return;
        }
        if (line.wordIndex() == 1) {
            offer(
                    Stream.concat(seen.newestFirst().stream(), completions.seen().stream())
                            .distinct()
                            .toList(),
                    "seen",
                    candidates);
        }
        offer(completions.servers(), "servers", candidates);
        offer(completions.jails(), "jails", candidates);
    }

    private static void offer(List<String> words, String group, List<Candidate> candidates) {
        // Jail names and log words are strangers': what would have to be escaped is not offered.
        words.stream()
                .filter(word -> word.equals(Visible.of(word)) && word.indexOf(' ') < 0)
                .map(word -> new Candidate(word, word, group, null, null, null, true))
                .forEach(candidates::add);
    }
}
