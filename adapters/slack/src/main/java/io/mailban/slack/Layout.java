package io.mailban.slack;

import com.slack.api.model.view.View;
import io.mailban.chat.Card;
import io.mailban.chat.Form;
import io.mailban.chat.Naming;
import java.util.List;
import java.util.Optional;

/** How cards and forms look in Slack's Block Kit, within its limits whatever they hold. Pure. */
final class Layout {
    private Layout() {}

    /** Where the pages after the first go. */
    enum Rest {
        /** Under the first. */
        THREAD,
        /** After the first, in the same place. */
        BELOW,
        /** Nowhere: of a message from before a restart is not known what followed it. */
        NOWHERE
    }

    /** A card for a channel, its further pages for the first one's thread. */
    static List<Page> pages(Card card, Naming naming) {
        return pages(card, naming, Rest.THREAD);
    }

    /**
     * A card as one message or more, in order: the first has the verdict and the buttons, each but the last says where the
     * rest is. Never empty.
     *
     * @param naming how mailboxes are named there
     */
    static List<Page> pages(Card card, Naming naming, Rest rest) {
        List<Piece> rows = new Buttons().rows(card.buttons(), Optional.empty());
        return Pages.of(Sections.of(card, naming), rows, rest);
    }

    /**
     * A form as a modal: {@code callback_id} is {@code form}, and each question's key is {@code block_id} and {@code
     * action_id}.
     *
     * @param metadata comes back with the answers; at most 3000 characters
     */
    static View modal(Form form, String metadata) {
        return FormView.of(form, metadata);
    }

    /** Cards below each other, for one person alone: mailboxes are named in full. */
    static View home(List<Card> cards) {
        return HomeView.of(cards);
    }
}
