package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.DividerBlock;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.RadioButtonsElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.view.View;
import io.mailban.approval.ApprovalId;
import io.mailban.ban.Mailbox;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Form;
import io.mailban.chat.Form.Option;
import io.mailban.chat.Form.Question;
import io.mailban.chat.Span;
import io.mailban.reply.ReplyWriter;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Modals and Home. */
final class ViewsTest {
    private static final CardAction DENY = new CardAction.Deny(new ApprovalId("abcd1234"));

    @Test
    void theFormForAnUnbanAsksForItsReasonAndTheDevice() {
        View modal = Layout.modal(ReplyWriter.unbanForm(DENY), "C1 deny");
        BlockLimits.check(modal);
        assertThat(modal.getType()).isEqualTo("modal");
        assertThat(modal.getCallbackId()).isEqualTo("form");
        assertThat(modal.getPrivateMetadata()).isEqualTo("C1 deny");
        assertThat(modal.getTitle().getText()).isEqualTo("Request unban");
        InputBlock reason = (InputBlock) modal.getBlocks().getFirst();
        assertThat(reason.getBlockId()).isEqualTo(ReplyWriter.REASON);
        assertThat(reason.getLabel().getText()).isEqualTo("Why should it be lifted?");
        PlainTextInputElement line = (PlainTextInputElement) reason.getElement();
        assertThat(line.getActionId()).isEqualTo(ReplyWriter.REASON);
        assertThat(line.getMaxLength()).isEqualTo(300);
        InputBlock device = (InputBlock) modal.getBlocks().get(1);
        assertThat(device.getBlockId()).isEqualTo(ReplyWriter.DEVICE);
        RadioButtonsElement choice = (RadioButtonsElement) device.getElement();
        assertThat(choice.getActionId()).isEqualTo(ReplyWriter.DEVICE);
        assertThat(choice.getInitialOption()).isNull();
        assertThat(choice.getOptions())
                .extracting(option -> option.getText().getText())
                .containsExactly(
                        "Yes, it is changed",
                        "The device is switched off",
                        "Not yet: expect a new ban within minutes; ask anyway",
                        "I don't know");
    }

    @Test
    void manyOptionsAreAMenu() {
        List<Option> options = IntStream.range(0, 11)
                .mapToObj(i -> new Option("v" + i, "<!channel> :smile: " + i))
                .toList();
        View modal =
                Layout.modal(new Form(DENY, "Which?", List.of(new Question.Choice("which", "Which?", options))), "");
        BlockLimits.check(modal);
        StaticSelectElement menu =
                (StaticSelectElement) ((InputBlock) modal.getBlocks().getFirst()).getElement();
        assertThat(menu.getOptions()).hasSize(11);
        assertThat(menu.getOptions().getFirst().getText().getText()).isEqualTo("‹!channel› :smile: 0");
    }

    @Test
    void aTitleThatIsTooLongEndsWithDots() {
        View modal = Layout.modal(new Form(DENY, "🟠".repeat(20), List.of(new Question.Line("a", "b"))), "");
        BlockLimits.check(modal);
        assertThat(modal.getTitle().getText()).isEqualTo("🟠".repeat(11) + "…");
    }

    @Test
    void homeHasALineBetweenItsCardsAndSaysWhatAButtonIsFor() {
        Card card = new Card(
                Tone.WAITING,
                List.of(new Span.Words("unlock "), new Span.Name(new Mailbox("bob@example.org"))),
                List.of(),
                List.of(new Button("Deny", DENY)));
        View home = Layout.home(List.of(card, card));
        BlockLimits.check(home);
        assertThat(home.getType()).isEqualTo("home");
        assertThat(home.getBlocks()).hasSize(5);
        assertThat(home.getBlocks().get(2)).isInstanceOf(DividerBlock.class);
        List<ButtonElement> buttons = home.getBlocks().stream()
                .filter(ActionsBlock.class::isInstance)
                .map(block ->
                        (ButtonElement) ((ActionsBlock) block).getElements().getFirst())
                .toList();
        assertThat(buttons).extracting(ButtonElement::getActionId).containsExactly("deny-1", "deny-2");
        assertThat(buttons)
                .extracting(ButtonElement::getAccessibilityLabel)
                .containsOnly("Deny: unlock bob@example.org");
    }

    @Test
    void whatDoesNotFitHomeIsCounted() {
        Card card = Card.of(Tone.PLAIN, new Span.Words("it waits"));
        View home = Layout.home(Collections.nCopies(80, card));
        BlockLimits.check(home);
        assertThat(BlockLimits.json(home.getBlocks().getLast()).toString()).contains("30 not shown");
    }
}
