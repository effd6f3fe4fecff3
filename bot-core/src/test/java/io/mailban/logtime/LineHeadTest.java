package io.mailban.logtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineHeadTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            2026-11-22T10:44:30             | postfix/smtpd    | hi <= 2026-11-22 10:44:30 postfix/smtpd[7]: hi
            2026-11-22T10:44:30.149         | fail2ban.actions | hi <= 2026-11-22 10:44:30,149 fail2ban.actions        [122]: hi
            2026-11-22T10:44:30.149         | fail2ban.actions | hi <= 2026-11-22 10:44:30,149 fail2ban.actions: hi
            2026-11-22T10:44:30.123456Z     | dovecot          | hi <= 2026-11-22T10:44:30.123456+00:00 mail dovecot: hi
            2026-11-22T10:44:30+01:00       | dovecot          | hi <= 2026-11-22T10:44:30+0100 mail dovecot[12]: hi
            2026-11-22T10:44:30-03:30       | dovecot          | hi <= 2026-11-22T10:44:30-03:30 mail dovecot[12]: hi
            2026-11-22T10:44:30Z            | dovecot          | hi <= 2026-11-22T10:44:30Z mail dovecot[12]: hi
            2026-11-22T10:44:30Z            | dovecot          | hi <= Sun 2026-11-22 10:44:30 UTC mail dovecot[12]: hi
            2026-11-22T10:44:30             | dovecot          | hi <= Sun 2026-11-22 10:44:30 CET mail dovecot[12]: hi
            2026-11-22T10:44:30             | dovecot          | hi <= Nov 22 2026 10:44:30 mail dovecot[12]: hi
            2026-11-22T10:44:30.123456Z     | dovecot          | hi <= 1795344270.123456 mail dovecot[12]: hi
            2010-09-16T05:50:50.1254765Z     | imap-login       | hi <= @400000004c91b044077a9e94 imap-login: hi
            2016-12-31T23:59:59Z            | dovecot          | hi <= 2016-12-31T23:59:60Z mail dovecot: hi
            -                               | dovecot          | hi <= Nov 22 10:44:30 mail dovecot: hi
            -                               | dovecot          | hi <= Nov  2 10:44:30 mail dovecot: hi
            -                               | dovecot          | hi <= Nov 2 10:44:30 mail dovecot: hi
            -                               | dovecot          | hi <= Nov 02 10:44:30.123456 mail dovecot: hi
            -                               | dovecot          | hi <= dovecot: hi
            -                               | dovecot          | hi <= mail dovecot[3]: hi
            -                               | dovecot          | hi <= Nov 22 10:44:30 2001:db8::7 dovecot: hi
            -                               | dovecot          | hi <= <22>Nov 22 10:44:30 mail dovecot: hi
            -                               | dovecot          | hi <= Nov 22 10:44:30 mail dovecot: [ID 197553 mail.info] hi
            -                               | dovecot          | hi <= Nov 22 10:44:30 <mail.info> mail dovecot: hi
            -                               | dovecot          | hi <= Nov 22 10:44:30 <2.6> mail dovecot[12]: hi
            -                               | dovecot          | hi <= dovecot-1  | Nov 22 10:44:30 mail dovecot: hi
            2026-11-22T10:44:30.123456789Z  | dovecot          | hi <= dovecot-1  | 2026-11-22T10:44:30.123456789Z Nov 22 10:44:29 mail dovecot: hi
            2026-11-22T10:44:30.123456789Z  | dovecot          | hi <= 2026-11-22T10:44:30.123456789Z stdout F Nov 22 10:44:29 mail dovecot: hi
            2026-11-22T10:44:30.003Z        | dovecot          | hi <= <22>1 2026-11-22T10:44:30.003Z mail dovecot 12 - - hi
            2026-11-22T10:44:30.003Z        | dovecot          | hi <= <22>1 2026-11-22T10:44:30.003Z mail dovecot - - [a@1 b="]\\" x"][c@1] hi
            """)
    void readsTimeProgramAndMessage(String expected, String line) {
        LineHead head = LineHead.of(line);
        String[] parts = expected.split("\\|", -1);
        assertThat(head.at().iso().orElse("-")).isEqualTo(parts[0].strip());
        assertThat(head.program()).isEqualTo(parts[1].strip());
        assertThat(line.substring(head.message())).isEqualTo(parts[2].strip());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            2026-02-30 no such day          <= 2026-02-30 10:44:30 mail dovecot: hi
            2026-11-22 no such hour         <= 2026-11-22 24:44:30 mail dovecot: hi
            13 no such month                <= 2026-13-22 10:44:30 mail dovecot: hi
            no such month                   <= Nev 22 10:44:30 mail dovecot: hi
            no such day                     <= Nov 32 10:44:30 mail dovecot: hi
            no tag behind the second word   <= Nov 22 10:44:30 mail Invalid user dovecot: hi
            a tag is no host                <= Nov 22 10:44:30 sshd[12]: dovecot: hi
            no blank behind the colon       <= Nov 22 10:44:30 mail dovecot:hi
            an offset without an end        <= 2026-11-22T10:44:30+01:0x mail dovecot: hi
            """)
    void findsNoDovecotWhereTheHeadIsBroken(String why, String line) {
        assertThat(LineHead.of(line).program()).as(why).isNotEqualTo("dovecot");
    }
}
