package io.mailban.ssh;

import io.mailban.mailserver.Fail2banSilent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A process of {@code fail2ban-client} for each command: slower, and the judge where the standing client fails. */
final class OneShotClient {
    private static final int LONGEST_ANSWER = 64 << 20;

    private OneShotClient() {}

    /**
     * Asks, and waits for all the answers.
     *
     * @throws Unanswered if a command could not reach fail2ban
     */
    static List<Answer> ask(
            Connection connection, CommandPrefix prefix, List<ClientCommand> commands, Deadline deadline)
            throws Lost, Unanswered, TimeoutException {
        String mark = Marks.unguessable();
        RemoteCommand command = RemoteCommand.oneShots(prefix, commands, mark);
        Exec.Done done = Exec.run(connection, command, new byte[0], LONGEST_ANSWER, deadline);
        List<Answer> answers = new ArrayList<>();
        String rest = done.out();
        for (int i = 0; i < commands.size(); i++) {
            int at = rest.startsWith(mark) ? 0 : rest.indexOf("\n" + mark) + 1;
            int lineEnd = rest.indexOf('\n', at);
            if (lineEnd < 0 || !rest.startsWith(mark, at)) {
                // The line as a whole was not run: by a forced command, say.
                String words = rest + " " + done.err().strip();
                throw new Unanswered(
                        Complaint.reason(words, done.status()).orElse(Fail2banSilent.Cause.NOT_UNDERSTOOD),
                        Complaint.bare(words));
            }
            String text = rest.substring(0, Math.max(0, at - 1));
            int status =
                    Integer.parseInt(rest.substring(at + mark.length(), lineEnd).strip());
            answers.add(answer(text, status));
            rest = rest.substring(lineEnd + 1);
        }
        return List.copyOf(answers);
    }

    private static Answer answer(String text, int status) throws Unanswered {
        if (status == 0) {
            return new Answer.Said(text);
        }
        // A refusal can quote names that attackers chose, so it is not searched for complaints.
        if (Complaint.tellsOfRefusal(text)) {
            return new Answer.Refused(Complaint.bare(text));
        }
        var reason = Complaint.reason(text, status);
        if (reason.isPresent()) {
            throw new Unanswered(reason.get(), Complaint.bare(text));
        }
        if (text.startsWith("Sorry but ") || text.contains("\nSorry but ")) {
            return new Answer.Refused(Complaint.bare(text));
        }
        throw new Unanswered(Fail2banSilent.Cause.NOT_UNDERSTOOD, Complaint.bare(text));
    }
}
