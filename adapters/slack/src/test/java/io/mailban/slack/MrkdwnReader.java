package io.mailban.slack;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Slack's markup more eagerly than Slack: whatever any of its clients could take for formatting, a picture, a mention
 * or a link is found.
 *
 * @param text what is read, date tokens by their fallback, marks of formatting gone
 * @param bold what is in bold, one by one
 * @param code likewise
 * @param acts everything else that is no text
 */
record MrkdwnReader(String text, List<String> bold, List<String> code, List<String> acts) {
    private static final Pattern CODE = Pattern.compile("[`｀]([^`｀\n]*)[`｀]");
    private static final Pattern DATE =
            Pattern.compile("<!date\\^\\d+\\^[^|<>^]*\\{[^|<>^]*}[^|<>^]*\\|([^|<>&]* UTC)>");
    private static final Pattern BOLD = Pattern.compile("[*＊]([^*＊\n]+)[*＊]");
    private static final List<Pattern> ACTS = List.of(
            Pattern.compile("<[^>]*>?|>"),
            Pattern.compile("&(?!(?:amp|lt|gt);)"),
            Pattern.compile("[`｀*＊~～＿]"),
            Pattern.compile("(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"),
            Pattern.compile(":[^\\s:<>&*`\"(),;!?/\\\\|@#$%^={}\\[\\]\uE000\uE001]+:"),
            Pattern.compile("(?<![\\p{L}\\p{N}._+-])@(?i:here|channel|everyone|group)(?![\\p{L}\\p{N}_])"),
            Pattern.compile("(?m)^\\s*(?:&gt;|＞|(?:[-+*]|\\d+[.)]|[A-Za-z][.)])(?:\\s|$))"));

    /** Stands where code was, so that nothing is read across it. */
    private static final String HOLE = "\uE000";

    /** Stands where a date was: its fallback is shown as it is. */
    private static final String DATE_HOLE = "\uE001";

    static MrkdwnReader of(String markup) {
        List<String> code = new ArrayList<>();
        String open = CODE.matcher(markup).replaceAll(found -> {
            code.add(entities(found.group(1)));
            return HOLE;
        });
        List<String> acts = new ArrayList<>();
        code.stream().filter(String::isBlank).forEach(_ -> acts.add("empty code"));
        Matcher ticks = Pattern.compile("[\\p{L}\\p{N}]" + HOLE + "|" + HOLE + "[\\p{L}\\p{N}" + HOLE + "]")
                .matcher(open);
        while (ticks.find()) {
            acts.add("code inside a word: " + ticks.group());
        }
        List<String> dates = new ArrayList<>();
        open = DATE.matcher(open).replaceAll(found -> {
            dates.add(found.group(1));
            return DATE_HOLE;
        });
        List<String> bold = new ArrayList<>();
        open = BOLD.matcher(open).replaceAll(found -> {
            bold.add(found.group(1));
            return Matcher.quoteReplacement(found.group(1));
        });
        for (Pattern pattern : ACTS) {
            Matcher matcher = pattern.matcher(open);
            while (matcher.find()) {
                acts.add(matcher.group());
            }
        }
        StringBuilder text = new StringBuilder();
        Iterator<String> codes = code.iterator();
        Iterator<String> days = dates.iterator();
        for (String c : entities(open).split("", -1)) {
            text.append(c.equals(HOLE) ? codes.next() : c.equals(DATE_HOLE) ? days.next() : c);
        }
        return new MrkdwnReader(text.toString(), bold, code, acts);
    }

    private static String entities(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /** Letters and marks alone, twins as what they stand for: the same for what was written and what is read. */
    static String bare(String text) {
        return text.replaceAll("[\\s\\u2003\\u00ad]", "")
                .replace('∗', '*')
                .replace('﹡', '*')
                .replace('＊', '*')
                .replace('ˍ', '_')
                .replace('⸏', '_')
                .replace('＿', '_')
                .replace('∼', '~')
                .replace('～', '~')
                .replace('ˋ', '`')
                .replace('｀', '`');
    }
}
