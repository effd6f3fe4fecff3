package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.chat.Span;
import io.mailban.examination.Check;
import io.mailban.examination.Examination;
import io.mailban.examination.Flaw;
import io.mailban.examination.Good;
import io.mailban.examination.Mending;
import io.mailban.examination.Mendings;
import io.mailban.examination.SlackExamination;
import io.mailban.examination.SlackMendings;
import io.mailban.reply.ReplyWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The answer to {@code doctor} as JSON. */
public final class ExaminationJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExaminationJson() {}

    /** All the servers, and the Slack app where it was examined. */
    public static ObjectNode of(
            List<Examination> examinations,
            Function<Examination, Mendings> mendings,
            Optional<SlackExamination> slack) {
        ObjectNode root = JSON.objectNode();
        ArrayNode servers = root.putArray("servers");
        for (Examination examination : examinations) {
            ObjectNode server =
                    servers.addObject().put("server", examination.way().server().name());
            server.put("verdict", DiagnosisJson.word(examination.verdict()));
            ArrayNode checks = server.putArray("checks");
            Mendings knowing = mendings.apply(examination);
            examination.checks().forEach(check -> checks.add(check(check, knowing::of)));
        }
        slack.ifPresent(examination -> {
            ObjectNode node = root.putObject("slack").put("verdict", DiagnosisJson.word(examination.verdict()));
            ArrayNode checks = node.putArray("checks");
            examination.checks().forEach(check -> checks.add(check(check, SlackMendings::of)));
        });
        return root;
    }

    private static ObjectNode check(Check check, Function<Check, List<Mending>> mendings) {
        ObjectNode node = JSON.objectNode().put("check", DiagnosisJson.word(check.subject()));
        node.put("outcome", snake(check));
        switch (check) {
            case Check.Well(var subject, var good) ->
                node.put("kind", good instanceof Good.OfSlack(var ofSlack) ? snake(ofSlack) : snake(good));
            case Check.Hint(var subject, var flaw) -> node.put("kind", kind(flaw));
            case Check.Fault(var subject, var flaw) -> node.put("kind", kind(flaw));
            case Check.NotTold(var subject, var flaw) -> node.put("kind", kind(flaw));
            case Check.NotTried(var subject, var because) -> node.put("because", DiagnosisJson.word(because));
        }
        node.put("says", text(ReplyWriter.sentence(check)));
        ArrayNode mending = node.putArray("mending");
        mendings.apply(check)
                .forEach(step -> mending.addObject()
                        .put("where", DiagnosisJson.word(step.where()))
                        .put("line", step.line()));
        return node;
    }

    private static String kind(Flaw flaw) {
        return flaw instanceof Flaw.OfSlack(var ofSlack) ? snake(ofSlack) : snake(flaw);
    }

    /** {@code SudoRefuses} as {@code sudo_refuses}. */
    private static String snake(Object outcome) {
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z0-9])([A-Z])", "_$1")
                .toLowerCase(Locale.ROOT);
    }

    private static String text(List<Span> spans) {
        return spans.stream()
                .map(span -> switch (span) {
                    case Span.Words(var text) -> text;
                    case Span.Code(var text) -> text;
                    case Span.Moment(var at, var style) -> at.toString();
                    case Span.Someone(var person) -> person.name();
                    case Span.Name(var mailbox) -> mailbox.name();
                })
                .collect(Collectors.joining());
    }
}
