package io.mailban.slack;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.RadioButtonsElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import io.mailban.chat.Form;
import io.mailban.chat.Form.Option;
import io.mailban.chat.Form.Question;
import java.util.ArrayList;
import java.util.List;

/** A form as a modal. */
final class FormView {
    private static final int TITLE = 24;
    private static final int LABEL = 2000;
    private static final int LINE = 300;
    private static final int OPTION = 75;
    private static final int RADIO_OPTIONS = 10;
    private static final int SELECT_OPTIONS = 100;

    private FormView() {}

    static View of(Form form, String metadata) {
        List<LayoutBlock> blocks = new ArrayList<>();
        for (Question question : form.questions()) {
            blocks.add(InputBlock.builder()
                    .blockId(question.key())
                    .label(Plain.object(question.label(), LABEL))
                    .element(
                            switch (question) {
                                case Question.Line(var key, var _) -> line(key);
                                case Question.Choice(var key, var _, var options) -> choice(key, options);
                            })
                    .build());
        }
        return View.builder()
                .type("modal")
                .callbackId(Submission.CALLBACK)
                .privateMetadata(metadata)
                .title(ViewTitle.builder()
                        .type("plain_text")
                        .text(Plain.text(form.title(), TITLE))
                        .emoji(false)
                        .build())
                .submit(ViewSubmit.builder()
                        .type("plain_text")
                        .text("Send")
                        .emoji(false)
                        .build())
                .close(ViewClose.builder()
                        .type("plain_text")
                        .text("Cancel")
                        .emoji(false)
                        .build())
                .blocks(blocks)
                .build();
    }

    private static BlockElement line(String key) {
        return PlainTextInputElement.builder()
                .actionId(key)
                .minLength(1)
                .maxLength(LINE)
                .build();
    }

    /** None is chosen before: an answer that was not given must not look like one. */
    private static BlockElement choice(String key, List<Option> options) {
        List<OptionObject> shown =
                options.stream().limit(SELECT_OPTIONS).map(FormView::option).toList();
        return shown.size() <= RADIO_OPTIONS
                ? RadioButtonsElement.builder().actionId(key).options(shown).build()
                : StaticSelectElement.builder()
                        .actionId(key)
                        .placeholder(Plain.object("Choose one", OPTION))
                        .options(shown)
                        .build();
    }

    private static OptionObject option(Option option) {
        return OptionObject.builder()
                .text(Plain.object(option.label(), OPTION))
                .value(option.value())
                .build();
    }
}
