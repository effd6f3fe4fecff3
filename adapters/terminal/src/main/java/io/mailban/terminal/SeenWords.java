package io.mailban.terminal;

import io.mailban.ban.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses and mailboxes that were printed, so that they need not be typed. Thread-safe. */
final class SeenWords {
    private static final int MOST = 200;
    private static final Pattern COLOUR = Pattern.compile("\033\\[[0-9;]*[A-Za-z]");
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-f]*:[0-9a-f:]*:[0-9a-f]*");
    private static final Pattern MAILBOX =
            Pattern.compile("[a-z0-9][a-z0-9._+-]{0,63}@[a-z0-9][a-z0-9-]{0,62}(?:\\.[a-z0-9-]{1,63}){1,8}");

    private final SequencedSet<String> words = new LinkedHashSet<>();

    synchronized void read(String printed) {
        String text = COLOUR.matcher(printed).replaceAll("");
        Matcher addresses = ADDRESS.matcher(text);
        while (addresses.find()) {
            Address.find(addresses.group()).ifPresent(address -> add(address.text()));
        }
        Matcher mailboxes = MAILBOX.matcher(text);
        while (mailboxes.find()) {
            add(mailboxes.group());
        }
    }

    synchronized List<String> newestFirst() {
        return new ArrayList<>(words.reversed());
    }

    private void add(String word) {
        words.addLast(word);
        if (words.size() > MOST) {
            words.removeFirst();
        }
    }
}
