package io.mailban.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.ServerName;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandParserTest {
    private final CommandParser parser = new CommandParser(List.of(new ServerName("mail1"), new ServerName("mail2")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check 203.0.113.7 | Check[question=203.0.113.7, server=Optional.empty]",
                "  CHECK   2001:DB8:0::7  MAIL2 | Check[question=2001:db8::7, server=Optional[mail2]]",
                "check 198.18.0.7/32 | Check[question=198.18.0.7, server=Optional.empty]",
                "check 2001:db8::7/128 | Check[question=2001:db8::7, server=Optional.empty]",
                "check 198.18.0.7:25 | Check[question=198.18.0.7, server=Optional.empty]",
                "check [2001:db8::1]:993 | Check[question=2001:db8::1, server=Optional.empty]",
                "unban 198.18.0.7:25 | Unban[target=198.18.0.7, server=Optional.empty, reason=Optional.empty]",
                "check bob@example.org | Check[question=bob@example.org, server=Optional.empty]",
                "check bob mail1 | Check[question=bob, server=Optional[mail1]]",
                "unban 203.0.113.7 | Unban[target=203.0.113.7, server=Optional.empty, reason=Optional.empty]",
                "unban 203.0.113.0/24 mail1 wrong office | Unban[target=203.0.113.0/24, server=Optional[mail1], reason=Optional[wrong office]]",
                "unban ::ffff:203.0.113.7 Bob's laptop | Unban[target=203.0.113.7, server=Optional.empty, reason=Optional[Bob's laptop]]",
                "bans | Bans[server=Optional.empty, jail=Optional.empty]",
                "bans mail1 postfix-sasl | Bans[server=Optional[mail1], jail=Optional[postfix-sasl]]",
                "bans dovecot | Bans[server=Optional.empty, jail=Optional[dovecot]]",
                "servers | Servers[]",
                "requests | Requests[]",
                "approve k3x9q2ab | Approve[id=k3x9q2ab]",
                "deny k3x9q2ab not now | Deny[id=k3x9q2ab, why=Optional[not now]]",
                "history 203.0.113.7 mail1 | History[question=203.0.113.7, server=Optional[mail1]]",
                "history Bob@example.org | History[question=bob@example.org, server=Optional.empty]",
                "forget Bob@example.org | Forget[mailbox=bob@example.org]",
                "audit | Audit[most=10]",
                "audit 25 | Audit[most=25]",
                "audit all | Audit[most=2147483647]",
                "audit verify | VerifyAudit[head=Optional.empty]",
                "exempt 203.0.113.7 1h30m | Exempt[address=203.0.113.7, length=PT1H30M, server=Optional.empty, reason=Optional.empty]",
                "exempt 2001:DB8:0::7 2d MAIL1 the new printer | Exempt[address=2001:db8::7, length=PT48H, server=Optional[mail1], reason=Optional[the new printer]]",
                "exempt end 203.0.113.7 | EndExemption[address=203.0.113.7, server=Optional.empty]",
                "exempt end 203.0.113.7 mail2 | EndExemption[address=203.0.113.7, server=Optional[mail2]]",
                "exemptions | Exemptions[]",
                "mute | Mutes[]",
                "mute postfix-sasl 2h | Mute[topic=postfix-sasl, length=PT2H]",
                "mute jail Mail1 1d | Mute[topic=jail Mail1, length=PT24H]",
                "mute SERVER mail1 90s | Mute[topic=server mail1, length=PT1M30S]",
                "mute server 2h | Mute[topic=server, length=PT2H]",
                "mute end jail | EndMute[topic=jail]",
                "mute end jail postfix-sasl | EndMute[topic=jail postfix-sasl]",
                "read-only | ReadOnly[turn=SHOW]",
                "read-only ON | ReadOnly[turn=ON]",
                "'' | Help[]",
                "help | Help[]",
            })
    void aCommandIsReadAsMeant(String line, String command) {
        assertThat(parser.parse(line)).hasToString(command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chekc 203.0.113.7 | “chekc” is no command; did you mean check?",
                "unbna 203.0.113.7 | “unbna” is no command; did you mean unban?",
                "reboot | “reboot” is no command; help lists what you may do",
                "check | check what? An address or a mailbox, such as: check 203.0.113.7",
                "check 203.0.113.256 | 203.0.113.256: 256 is over 255",
                "check 203.0.113.0/24 | 203.0.113.0/24 is a network; check takes one address out of it",
                "check ２０３.０.１１３.７ | ２０３.０.１１３.７: an address is written with the digits 0 to 9, such as 203.0.113.7",
                "check 0xcb007107 | 0xcb007107: an IPv4 address is written in four decimal numbers, such as 203.0.113.7",
                "check 0xCB.0.0x71.7 | 0xCB.0.0x71.7: an IPv4 address is written in four decimal numbers, such as 203.0.113.7",
                "check 203.0.113.7:http | 203.0.113.7:http: write the address alone, 203.0.113.7",
                "check 203.0.113.7 mail9 | no server is named “mail9”; there are mail1, mail2",
                "unban bob@example.org | bob@example.org: an IPv4 address has four numbers, such as 203.0.113.7",
                "approve | approve takes a request's id; requests lists them",
                "approve k3x9 | k3x9 is no request's id, which has eight letters and digits; requests lists them",
                "history | history what? An address or a mailbox, such as: history 203.0.113.7",
                "forget 203.0.113.7 | forget takes one mailbox, such as: forget bob@example.org",
                "audit many | audit many: a number from 1 to 99999, all, or verify was expected",
                "audit verify me | me is no head of an audit log, which is 64 digits in hex; audit verify prints it",
                "audit 0 | audit 0: a number from 1 to 99999, all, or verify was expected",
                "exempt | exempt what, and for how long? Such as: exempt 203.0.113.7 2d the new printer",
                "exempt 203.0.113.7 | exempt 203.0.113.7 for how long? Such as: exempt 203.0.113.7 2d",
                "exempt 203.0.113.7 mail1 | mail1 is no duration, such as 10m, 1h30m or 2d",
                "exempt 203.0.113.7 0m | 0m is no duration, such as 10m, 1h30m or 2d",
                "exempt 203.0.113.256 2d | 203.0.113.256: 256 is over 255",
                "exempt 203.0.113.0/24 2d | 203.0.113.0/24 is a network; exempt takes one address, since a network is everybody's in it: ignoreip in jail.local is the place for one that is yours",
                "exempt end | exempt end takes an address; exemptions lists them",
                "exempt end 203.0.113.7 mail9 | no server is named “mail9”; there are mail1, mail2",
                "exempt end 203.0.113.7 mail1 now | “mail1 now” is too much; the command is: exempt end <address> [server]",
                "mute postfix-sasl | mute postfix-sasl for how long? Such as: mute postfix-sasl 2h",
                "mute postfix-sasl soon | soon is no duration, such as 10m, 1h30m or 2d",
                "mute postfix-sasl 0s | 0s is no duration, such as 10m, 1h30m or 2d",
                "mute postfix-sasl 2h please | “please” is too much; the command is: mute <jail or server> <duration>",
                "mute end | mute end takes a jail or a server; mute lists those that are quiet",
                "mute end postfix-sasl now | “now” is too much; the command is: mute end <jail or server>",
                "read-only maybe | read-only maybe: on, off or nothing was expected",
                "servers mail1 | “mail1” is too much; the command is: servers",
            })
    void aMistakeIsToldInOneSentence(String line, String why) {
        assertThat(parser.parse(line)).isEqualTo(new Command.Misread(why));
    }
}
