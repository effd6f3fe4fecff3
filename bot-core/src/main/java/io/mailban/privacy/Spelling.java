package io.mailban.privacy;

import io.mailban.ban.Mailbox;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a mailbox's name in texts, and takes it out. Pure; thread-safe. */
public final class Spelling {
    /** Not in the middle of a longer name: {@code alice-bob} and {@code bobby} are others. */
    private static final String BEFORE = "(?<![\\p{L}\\p{N}_+])(?<![\\p{L}\\p{N}][.-])";

    private static final String AFTER = "(?![\\p{L}\\p{N}_+])(?![.-][\\p{L}\\p{N}])";

    private final Pattern pattern;

    private Spelling(String name) {
        pattern = Pattern.compile(BEFORE + name + AFTER, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The name as it is: {@code bob@example.org}. */
    public static Spelling whole(Mailbox mailbox) {
        return new Spelling(Pattern.quote(mailbox.name()));
    }

    /** The name with its domain or without, as it is logged and spoken: {@code bob}, but not {@code bob@example.net}. */
    public static Spelling either(Mailbox mailbox) {
        String name = mailbox.name();
        int at = name.lastIndexOf('@');
        return at < 1
                ? new Spelling(Pattern.quote(name) + "(?!@)")
                : new Spelling(
                        Pattern.quote(name.substring(0, at)) + "(?:" + Pattern.quote(name.substring(at)) + "|(?!@))");
    }

    /** Whether the name is in the text. */
    public boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    /** The text with {@code instead} wherever the name was. */
    public String without(String text, String instead) {
        return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(instead));
    }
}
