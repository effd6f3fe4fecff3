package io.mailban.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.ban.ServerName;
import io.mailban.bot.FakeChat;
import io.mailban.chat.Card;
import io.mailban.chat.Command;
import io.mailban.chat.CommandParser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HelpWriterTest {
    private static final Person ALICE = new Person(new PersonId("terminal", "alice"), "alice");

    private final CommandParser parser = new CommandParser(List.of(new ServerName("mail1")));

    @ParameterizedTest
    @EnumSource
    void everyExampleIsACommandThatTheRoleMayGive(Role role) {
        assertThat(examples(Map.of(role, Set.of(ALICE.id())))).isNotEmpty().allSatisfy(example -> {
            Command command = parser.parse(example);
            assertThat(command).isNotInstanceOf(Command.Misread.class);
            // Of what depends on the request, the role says only who is likely to need it.
            assertThat(command.role().orElse(role)).isEqualTo(role);
        });
    }

    @Test
    void whoeverHoldsNoRoleIsToldWhoGivesOne() {
        Card help = ReplyWriter.help(ALICE, new AccessPolicy(Map.of(), SelfApproval.REFUSED));
        assertThat(help.tone()).isEqualTo(Card.Tone.REFUSAL);
        assertThat(help.facts()).isEmpty();
    }

    @Test
    void inAChatItSaysWhereTheWordsGo() {
        Person bob = new Person(new PersonId("slack", "U024BE7LH"), "bob");
        AccessPolicy policy = new AccessPolicy(Map.of(Role.READER, Set.of(ALICE.id(), bob.id())), SelfApproval.REFUSED);
        assertThat(FakeChat.plain(ReplyWriter.help(bob, policy)))
                .isEqualTo("what you may do: type it after /mailban, after mentioning this bot (in a thread too), or to"
                        + " the bot directly");
        assertThat(FakeChat.plain(ReplyWriter.help(ALICE, policy))).isEqualTo("what you may do");
    }

    private static List<String> examples(Map<Role, Set<PersonId>> holders) {
        return ReplyWriter.help(ALICE, new AccessPolicy(holders, SelfApproval.REFUSED)).facts().stream()
                .map(Card.Fact::label)
                .toList();
    }
}
