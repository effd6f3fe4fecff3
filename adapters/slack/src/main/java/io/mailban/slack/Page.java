package io.mailban.slack;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * As much of a card as fits one message.
 *
 * @param blocks within every limit of Slack's
 * @param text the same in one line of escaped plain words, for notifications and screen readers
 */
record Page(List<LayoutBlock> blocks, String text) {
    Page {
        blocks = List.copyOf(blocks);
    }
}
