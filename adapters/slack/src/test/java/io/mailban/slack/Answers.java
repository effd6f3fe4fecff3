package io.mailban.slack;

import com.google.gson.JsonObject;
import java.util.Optional;

/** What is said by a {@code response_url}. */
final class Answers {
    private final Wall wall;
    private final Tickets tickets;
    private final WebMethods methods;

    Answers(Wall wall, Tickets tickets, WebMethods methods) {
        this.wall = wall;
        this.tickets = tickets;
        this.methods = methods;
    }

    /** Says it; false where the address is unknown, too old or used up. */
    boolean take(String path, JsonObject body) {
        Optional<Tickets.Answer> answer = tickets.useAnswer(path);
        answer.ifPresent(where -> say(where, body));
        return answer.isPresent();
    }

    private void say(Tickets.Answer where, JsonObject body) {
        boolean delete = Json.is(body, "delete_original");
        if (where.pressed().isPresent() && (delete || Json.is(body, "replace_original"))) {
            Shown pressed = where.pressed().get();
            Optional<JsonObject> anew = delete ? Optional.empty() : Optional.of(methods.message(body));
            wall.swap(where.user(), pressed.ts(), anew);
            anew.ifPresentOrElse(message -> wall.edit(pressed, _ -> message), () -> wall.delete(pressed));
            return;
        }
        Optional<String> thread = Json.find(body, "thread_ts").map(ts -> ts.getAsString());
        if (Json.text(body, "response_type").equals("in_channel")) {
            wall.post(where.channel(), thread, methods.message(body));
        } else {
            wall.show(where.user(), where.channel(), thread, methods.message(body));
        }
    }
}
