package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "check 203.0.113.7                                                     ¦ check 203.0.113.7",
                "check <http://203.0.113.7|203.0.113.7>                                ¦ check 203.0.113.7",
                "check <mailto:bob@example.org|bob@example.org>                        ¦ check bob@example.org",
                "check <mailto:bob@example.org>                                        ¦ check bob@example.org",
                "see <https://example.org/?a=1&amp;b=2>                                ¦ see https://example.org/?a=1&b=2",
                "unban 203.0.113.7 Tom &amp; Jerry &lt;3                               ¦ unban 203.0.113.7 Tom & Jerry <3",
                "typed &amp;lt; itself                                                 ¦ typed &lt; itself",
                "unban 203.0.113.7 <@U0BOB> asked in <#C0MAIL|mail>                    ¦ unban 203.0.113.7 @U0BOB asked in #mail",
                "<!channel> and <!subteam^S0X|@admins> at <!date^0^{time}|12:00>       ¦ @channel and @admins at 12:00",
                "a lone < and a pair <> stay                                           ¦ a lone < and a pair <> stay",
            })
    void markupIsWhatWasTyped(String slack, String typed) {
        assertThat(SlackText.plain(slack)).isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "/mailban check 203.0.113.7            ¦ check 203.0.113.7",
                "/MAILBAN check 203.0.113.7            ¦ check 203.0.113.7",
                "`check 203.0.113.7`                   ¦ check 203.0.113.7",
                "check `203.0.113.7`                   ¦ check 203.0.113.7",
                "```check 203.0.113.7```               ¦ check 203.0.113.7",
                "check “203.0.113.7”                   ¦ check 203.0.113.7",
                "check *203.0.113.7*                   ¦ check 203.0.113.7",
                "check _underlined_@example.org        ¦ check _underlined_@example.org",
                "unban 203.0.113.7 Bob’s “old” laptop  ¦ unban 203.0.113.7 Bob's old laptop",
                "unban 203.0.113.7 said \"not now\"    ¦ unban 203.0.113.7 said \"not now\"",
                "/mailbans                             ¦ /mailbans",
            })
    void aCommandIsWithoutDecoration(String slack, String typed) {
        assertThat(SlackText.command(slack)).isEqualTo(typed);
    }

    @Test
    void unseenCharactersAndUnusualSpacesGo() {
        assertThat(SlackText.command("\u200b check\u00a0203\u200d.0.113.7\u2060\n\t mail\u20111\ufeff\u202e\u0000"))
                .isEqualTo("check 203.0.113.7 mail-1");
        assertThat(SlackText.command(" \u00a0\u200b ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "<@U0MAILBAN> check 203.0.113.7             ¦ check 203.0.113.7",
                "<@U0MAILBAN|mailban>: check 203.0.113.7    ¦ check 203.0.113.7",
                "hey <@U0MAILBAN> check 203.0.113.7         ¦ check 203.0.113.7",
                "check 203.0.113.7 <@U0MAILBAN>             ¦ check 203.0.113.7",
                "<@U0BOB> look: <@U0MAILBAN> servers        ¦ servers",
                "<@U0MAILBAN> deny abcd2345 for <@U0BOB>    ¦ deny abcd2345 for @U0BOB",
                "<@U0MAILBAN> /mailban servers              ¦ servers",
                "<@U0MAILBAN>                               ¦ ''",
            })
    void aMentionIsWithoutTheBotsName(String slack, String typed) {
        assertThat(SlackText.command(slack, Optional.of("U0MAILBAN"))).isEqualTo(typed);
    }

    @Test
    void whoeverIsMentionedFirstOfAllIsTheBotIfNobodyElseIs() {
        assertThat(SlackText.command("<@U0SOMEBODY|mailban> bans", Optional.of("U0MAILBAN")))
                .isEqualTo("bans");
        assertThat(SlackText.command("deny abcd2345 for <@U0BOB>", Optional.of("U0MAILBAN")))
                .isEqualTo("deny abcd2345 for @U0BOB");
    }

    @Test
    void whereTheBotDoesNotKnowItsNameItIsTheFirstThatIsMentioned() {
        assertThat(SlackText.command("<@U0MAILBAN> deny abcd2345 for <@U0BOB>", Optional.empty()))
                .isEqualTo("deny abcd2345 for @U0BOB");
    }
}
