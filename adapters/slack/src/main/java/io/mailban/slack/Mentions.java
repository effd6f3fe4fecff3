package io.mailban.slack;

import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.BlockCompositions;
import io.mailban.access.PersonId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/** People who are called by a message. */
final class Mentions {
    private static final int MOST_BLOCKS = 50;

    /** What Slack takes in a message beyond the 12,000 characters of a full page. */
    private static final int MOST_CHARACTERS = 900;

    /** Each takes 26 characters at most, and a section 3000. */
    private static final int MOST_IN_A_BLOCK = 100;

    private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{1,20}");

    private Mentions() {}

    /**
     * The page with a line that calls these people, as far as they have an account here; where the page has no room for it,
     * the line is a page of its own after it.
     */
    static List<Page> on(Page page, Collection<PersonId> people) {
        List<String> mentions = people.stream()
                .filter(person -> person.platform().equals(SlackSetup.PLATFORM))
                .map(PersonId::account)
                .filter(account -> USER.matcher(account).matches())
                .sorted()
                .map(account -> "<@" + account + ">")
                .toList();
        if (mentions.isEmpty()) {
            return List.of(page);
        }
        List<LayoutBlock> lines = mentions.stream()
                .gather(Gatherers.windowFixed(MOST_IN_A_BLOCK))
                .map(some -> (LayoutBlock)
                        Blocks.section(s -> s.text(BlockCompositions.markdownText(String.join(" ", some)))))
                .collect(Collectors.toCollection(ArrayList::new));
        String line = String.join(" ", mentions);
        if (line.length() > MOST_CHARACTERS || lines.size() + page.blocks().size() > MOST_BLOCKS) {
            return List.of(page, new Page(lines, line));
        }
        lines.addAll(page.blocks());
        return List.of(new Page(lines, line + " " + page.text()));
    }
}
