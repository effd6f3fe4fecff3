package io.mailban.slack;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.DividerBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import io.mailban.chat.Card;
import io.mailban.chat.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cards as App Home, a line between them; what does not fit is counted. */
final class HomeView {
    /** Slack's is 100; one is for the line that counts the rest. */
    private static final int BLOCKS = 99;

    /** Slack refuses a view of more than 250 KB. */
    private static final int CHARACTERS = 40_000;

    private final Buttons buttons = new Buttons();
    private final List<LayoutBlock> blocks = new ArrayList<>();
    private int size;

    private HomeView() {}

    static View of(List<Card> cards) {
        HomeView home = new HomeView();
        int shown = 0;
        while (shown < cards.size() && home.takes(cards.get(shown))) {
            shown++;
        }
        if (shown < cards.size()) {
            home.blocks.add(ContextBlock.builder()
                    .elements(List.of(Sections.markup("there is more than fits here: " + (cards.size() - shown)
                            + " not shown, or not to the end")))
                    .build());
        }
        return View.builder().type("home").blocks(home.blocks).build();
    }

    /** Adds as much of the card as there is room for; whether that was all. */
    private boolean takes(Card card) {
        List<Piece> pieces = new ArrayList<>(Sections.of(card, Naming.FULL));
        Optional<String> about = Optional.of(card.verdict())
                .filter(_ -> !card.buttons().isEmpty())
                .map(Said::of);
        pieces.addAll(buttons.rows(card.buttons(), about));
        if (!blocks.isEmpty() && blocks.size() < BLOCKS) {
            blocks.add(DividerBlock.builder().build());
        }
        for (Piece piece : pieces) {
            if (blocks.size() == BLOCKS || size + piece.size() > CHARACTERS) {
                return false;
            }
            blocks.add(piece.block());
            size += piece.size();
        }
        return true;
    }
}
