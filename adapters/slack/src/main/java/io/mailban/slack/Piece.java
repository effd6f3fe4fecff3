package io.mailban.slack;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * A block of a card.
 *
 * @param size how many characters it holds
 * @param words the same in escaped words, line by line; none for buttons
 */
record Piece(LayoutBlock block, int size, List<String> words) {
    Piece {
        words = List.copyOf(words);
    }
}
