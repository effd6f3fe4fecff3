package io.mailban.slack;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Confirm;
import io.mailban.chat.CardAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Buttons in rows, numbered through one message or Home. */
final class Buttons {
    private static final int ROW = 5;
    private static final int ROW_CHARACTERS = 3000;
    private static final int LABEL = 75;
    private static final int VALUE = 2000;

    private int number;

    /**
     * The rows of one card.
     *
     * @param about what a screen reader says besides the label; empty where what stands above says it
     */
    List<Piece> rows(List<Button> buttons, Optional<String> about) {
        List<Piece> rows = new ArrayList<>();
        List<BlockElement> row = new ArrayList<>();
        int size = 0;
        for (Button button : buttons) {
            String value = button.action().encoded();
            if (value.length() > VALUE || !CardAction.find(value).equals(Optional.of(button.action()))) {
                // It would come back as something else, or as nothing: better no button.
                continue;
            }
            ButtonElement element = element(button, value, about);
            int more = size(element);
            if (row.size() == ROW || (!row.isEmpty() && size + more > ROW_CHARACTERS)) {
                rows.add(piece(row, size));
                row = new ArrayList<>();
                size = 0;
            }
            row.add(element);
            size += more;
        }
        if (!row.isEmpty()) {
            rows.add(piece(row, size));
        }
        return rows;
    }

    private ButtonElement element(Button button, String value, Optional<String> about) {
        ButtonElement.ButtonElementBuilder element = ButtonElement.builder()
                .text(Plain.object(button.label(), LABEL))
                .actionId(value.split(" ", 2)[0] + "-" + ++number)
                .value(value);
        about.ifPresent(words -> element.accessibilityLabel(Plain.text(button.label() + ": " + words, LABEL)));
        style(button.action()).ifPresent(element::style);
        button.confirm().ifPresent(confirm -> element.confirm(dialog(confirm, style(button.action()))));
        return element.build();
    }

    private static Optional<String> style(CardAction action) {
        if (action instanceof CardAction.Approve) {
            return Optional.of("primary");
        }
        return action instanceof CardAction.Deny ? Optional.of("danger") : Optional.empty();
    }

    private static ConfirmationDialogObject dialog(Confirm confirm, Optional<String> style) {
        ConfirmationDialogObject.ConfirmationDialogObjectBuilder dialog = ConfirmationDialogObject.builder()
                .title(Plain.object(confirm.title(), 100))
                .text(Plain.object(confirm.text(), 300))
                .confirm(Plain.object(confirm.yes(), 30))
                .deny(Plain.object("Cancel", 30));
        style.ifPresent(dialog::style);
        return dialog.build();
    }

    private static Piece piece(List<BlockElement> row, int size) {
        return new Piece(ActionsBlock.builder().elements(row).build(), size, List.of());
    }

    private static int size(ButtonElement element) {
        int size = element.getText().getText().length()
                + element.getValue().length()
                + element.getActionId().length();
        if (element.getConfirm() != null) {
            size += 30
                    + element.getConfirm().getTitle().getText().length()
                    + element.getConfirm().getText().getText().length()
                    + element.getConfirm().getConfirm().getText().length();
        }
        return size
                + (element.getAccessibilityLabel() == null
                        ? 0
                        : element.getAccessibilityLabel().length());
    }
}
