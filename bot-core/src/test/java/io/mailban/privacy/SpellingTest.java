package io.mailban.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Mailbox;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            bob@example.org                      | #
            BOB@Example.Org logged in by IMAP    | # logged in by IMAP
            user=<bob@example.org>, method=PLAIN | user=<#>, method=PLAIN
            sasl_username=bob                    | sasl_username=#
            bob's laptop, Bob.                   | #'s laptop, #.
            of bob@example.org.                  | of #.
            “bob”, (bob@example.org)             | “#”, (#)
            bobby and rebob                      | bobby and rebob
            bob@example.net                      | bob@example.net
            alice.bob@example.org                | alice.bob@example.org
            bob.b@example.org and bob-b          | bob.b@example.org and bob-b
            bob+list@example.org                 | bob+list@example.org
            bob@example.org.au                   | bob@example.org.au
            --bob@example.org                    | --#
            bób and ëbob                         | bób and ëbob
            """)
    void aNameIsTakenOutWithItsDomainAndWithoutAndNobodyElses(String text, String left) {
        Spelling bob = Spelling.either(new Mailbox("bob@example.org"));
        assertThat(bob.without(text, "#")).isEqualTo(left);
        assertThat(bob.isIn(text)).isEqualTo(!text.equals(left));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bob                 | #
            bob@example.org     | bob@example.org
            """)
    void aNameThatHasNoDomainIsNobodysWhoHasOne(String text, String left) {
        assertThat(Spelling.either(new Mailbox("bob")).without(text, "#")).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            terminal:bob             | terminal:bob
            slack:bob@example.org    | slack:#
            """)
    void anAccountIsNoMailbox(String text, String left) {
        assertThat(Spelling.whole(new Mailbox("bob@example.org")).without(text, "#"))
                .isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({"a.b*c@example.org", "(x@[1.2.3.4]", "$1@\\example", "@", "x"})
    void strangeNamesAreTakenAsTheyAre(String name) {
        assertThat(Spelling.either(new Mailbox(name)).without("<" + name + ">", "$0"))
                .isEqualTo("<$0>");
    }
}
