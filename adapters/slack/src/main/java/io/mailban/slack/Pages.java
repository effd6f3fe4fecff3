package io.mailban.slack;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.LayoutBlock;
import java.util.ArrayList;
import java.util.List;

/** Parts a card's blocks into messages. */
final class Pages {
    /** Slack's is 50; one is for the line that says how many pages there are. */
    private static final int BLOCKS = 49;

    /** Slack refuses a message of a little more than 13,000 over all its blocks, and documents no number. */
    private static final int CHARACTERS = 12_000;

    /** What a block itself seems to cost of it. */
    private static final int EACH_BLOCK = 40;

    /** The fallback's limit is 4000 before Slack cuts it. */
    private static final int WORDS = 3000;

    private static final String FOLLOWS = "; the rest follows";
    private static final int ROWS_ON_FIRST = 5;
    private static final int ROW_CHARACTERS_ON_FIRST = 6000;

    private final List<List<Piece>> pages = new ArrayList<>();
    private List<Piece> page = new ArrayList<>();
    private int size;

    private Pages() {}

    static List<Page> of(List<Piece> sections, List<Piece> rows, Layout.Rest rest) {
        int onFirst = onFirst(rows);
        List<Piece> buttons = rows.subList(0, onFirst);
        Pages pages = new Pages();
        // The first page keeps room for its buttons.
        int room = buttons.stream().mapToInt(Pages::cost).sum();
        for (Piece section : sections) {
            boolean first = pages.pages.isEmpty();
            pages.add(section, first ? BLOCKS - onFirst : BLOCKS, first ? CHARACTERS - room : CHARACTERS);
        }
        if (pages.pages.isEmpty()) {
            pages.page.addAll(buttons);
            pages.size += room;
        } else {
            pages.pages.getFirst().addAll(buttons);
        }
        rows.stream().skip(onFirst).forEach(row -> pages.add(row, BLOCKS, CHARACTERS));
        pages.end();
        return pages.written(rest);
    }

    private static int onFirst(List<Piece> rows) {
        int size = 0;
        int count = 0;
        while (count < Math.min(rows.size(), ROWS_ON_FIRST)
                && size + rows.get(count).size() <= ROW_CHARACTERS_ON_FIRST) {
            size += rows.get(count++).size();
        }
        return count;
    }

    private void add(Piece piece, int mostBlocks, int mostCharacters) {
        if (!page.isEmpty() && (page.size() == mostBlocks || size + cost(piece) > mostCharacters)) {
            end();
        }
        page.add(piece);
        size += cost(piece);
    }

    private static int cost(Piece piece) {
        return piece.size() + EACH_BLOCK;
    }

    private void end() {
        if (!page.isEmpty()) {
            pages.add(page);
        }
        page = new ArrayList<>();
        size = 0;
    }

    private List<Page> written(Layout.Rest rest) {
        List<Page> written = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            List<LayoutBlock> blocks = new ArrayList<>();
            pages.get(i).forEach(piece -> blocks.add(piece.block()));
            String number = "page " + (i + 1) + " of " + pages.size();
            if (i < pages.size() - 1) {
                blocks.add(ContextBlock.builder()
                        .elements(List.of(Sections.markup(number + (i == 0 ? afterFirst(rest) : FOLLOWS))))
                        .build());
            }
            written.add(new Page(blocks, words(pages.get(i), i == 0 ? "" : number)));
        }
        return written;
    }

    private static String afterFirst(Layout.Rest rest) {
        return switch (rest) {
            case THREAD -> "; the rest is in the thread";
            case BELOW -> FOLLOWS;
            case NOWHERE -> "; the rest has no room here: ask about less to see it";
        };
    }

    private static String words(List<Piece> page, String number) {
        StringBuilder words = new StringBuilder(number);
        for (String line :
                page.stream().flatMap(piece -> piece.words().stream()).toList()) {
            if (words.length() + 4 + line.length() > WORDS) {
                return Mrkdwn.lineStart(words.append(" …").toString());
            }
            words.append(words.isEmpty() ? "" : "; ").append(line);
        }
        return words.isEmpty() ? "…" : Mrkdwn.lineStart(words.toString());
    }
}
