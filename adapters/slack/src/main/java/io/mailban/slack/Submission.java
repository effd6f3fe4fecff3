package io.mailban.slack;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A form as it comes back: one answer for each input, by its block's id. */
final class Submission {
    /** Of the modals of this bot. */
    static final String CALLBACK = "form";

    private Submission() {}

    /** The answers that are not blank. */
    static Map<String, String> answers(View view) {
        Map<String, String> answers = new LinkedHashMap<>();
        Optional.ofNullable(view.getState())
                .map(ViewState::getValues)
                .ifPresent(values -> values.forEach((block, elements) -> elements.values().stream()
                        .findFirst()
                        .flatMap(Submission::answer)
                        .ifPresent(answer -> answers.put(block, answer))));
        return answers;
    }

    /** What is missing, a sentence for each block that has to be filled in and is not. */
    static Map<String, String> missing(View view) {
        Map<String, String> answers = answers(view);
        Map<String, String> missing = new LinkedHashMap<>();
        for (LayoutBlock block : Optional.ofNullable(view.getBlocks()).orElse(List.of())) {
            if (block instanceof InputBlock input && !input.isOptional() && !answers.containsKey(input.getBlockId())) {
                missing.put(input.getBlockId(), "Please fill this in; nothing was done yet.");
            }
        }
        return missing;
    }

    private static Optional<String> answer(ViewState.Value value) {
        return Optional.ofNullable(value.getValue())
                .or(() -> Optional.ofNullable(value.getSelectedOption()).map(ViewState.SelectedOption::getValue))
                .map(String::strip)
                .filter(answer -> !answer.isEmpty());
    }
}
