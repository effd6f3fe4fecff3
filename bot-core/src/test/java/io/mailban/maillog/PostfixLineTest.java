package io.mailban.maillog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostfixLineTest {

    private static String read(String program, String message) {
        return Shown.show(MailLineReader.read("Nov 22 10:44:30 mail " + program + "[7676]: " + message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postfix/smtpd",
                "postfix/submission/smtpd",
                "postfix/submissions/smtpd",
                "postfix/smtps/smtpd",
                "postfix-incoming/smtpd",
                "postfix-out/submission/smtpd"
            })
    void readsSmtpdUnderEveryName(String program) {
        assertThat(read(program, "warning: h.example[203.0.113.7]: SASL LOGIN authentication failed: UGFzc3dvcmQ6"))
                .isEqualTo("AuthFailure 203.0.113.7 ? LOGIN UNKNOWN x1 SMTP");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            203.0.113.7 ? LOGIN UNKNOWN       <= h.example[203.0.113.7]: SASL LOGIN authentication failed: authentication failure
            203.0.113.7 ? LOGIN UNKNOWN       <= h.example[203.0.113.7]: SASL LOGIN authentication failed: Password:
            203.0.113.7 ? LOGIN UNKNOWN       <= h.example[203.0.113.7]: SASL LOGIN authentication failed: VXNlcm5hbWU6
            203.0.113.7 ? LOGIN UNKNOWN       <= h.example[203.0.113.7]: SASL login authentication failed: UGFzc3dvcmQ6
            203.0.113.7 ? PLAIN UNKNOWN       <= h.example[203.0.113.7]: SASL Plain authentication failed:
            203.0.113.7 ? CRAM-MD5 UNKNOWN    <= h.example[203.0.113.7]: SASL CRAM-MD5 authentication failed: PDc3OTEwNTkyNTEyMzA2NDIuMTIyODI1MzA2MUBoZWw+
            203.0.113.7 ? DIGEST-MD5 UNKNOWN_USER <= h.example[203.0.113.7]: SASL DIGEST-MD5 authentication failed: user not found
            203.0.113.7 ? LOGIN UNKNOWN       <= unknown[203.0.113.7]:55729: SASL LOGIN authentication failed: authentication failure
            2001:db8::7 ? LOGIN UNKNOWN       <= unknown[2001:db8::7]: SASL LOGIN authentication failed: authentication failure
            ? ? LOGIN UNKNOWN                 <= unknown[unknown]: SASL LOGIN authentication failed: authentication failure
            203.0.113.7 bob@example.org LOGIN UNKNOWN <= unknown[203.0.113.7]: SASL LOGIN authentication failed: (reason unavailable), sasl_username=bob@example.org
            203.0.113.7 bob@example.org LOGIN UNKNOWN <= unknown[203.0.113.7]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=Bob@Example.org
            203.0.113.7 ? PLAIN UNKNOWN       <= unknown[203.0.113.7]: SASL PLAIN authentication failed: , sasl_username=(unavailable)
            203.0.113.7 ? PLAIN UNKNOWN       <= unknown[203.0.113.7]: SASL PLAIN authentication failed: x, sasl_username=
            203.0.113.7 bob@example.org XOAUTH2 TOKEN_REFUSED <= unknown[203.0.113.7]: SASL XOAUTH2 authentication failed: (reason unavailable), sasl_username=bob@example.org
            203.0.113.7 ? OAUTHBEARER TOKEN_REFUSED <= unknown[203.0.113.7]: SASL OAUTHBEARER authentication failed: eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=
            """)
    void readsFailures(String expected, String client) {
        assertThat(read("postfix/smtpd", "warning: " + client)).isEqualTo("AuthFailure " + expected + " x1 SMTP");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            203.0.113.7 user@x PLAIN          <= 1CF582025C: client=h.example[203.0.113.7], sasl_method=PLAIN, sasl_username=user@x
            203.0.113.7 bob LOGIN             <= 4Xs1kB2Jt4z9sWv: client=unknown[203.0.113.7]:4711, sasl_method=login, sasl_username=bob
            2001:db8::7 bob PLAIN             <= NOQUEUE: client=h.example[2001:db8::7], sasl_method=PLAIN, sasl_username=bob
            203.0.113.7 bob PLAIN             <= 1CF582025C: client=h.example[203.0.113.7], sasl_method=PLAIN, sasl_username=bob, sasl_sender=bob@example.org
            203.0.113.7 bob PLAIN             <= 1CF582025C: client=h.example[203.0.113.7], sasl_method=PLAIN, sasl_username=bob, orig_queue_id=2, orig_client=x[192.0.2.1]
            """)
    void readsLogins(String expected, String message) {
        assertThat(read("postfix/submission/smtpd", message)).isEqualTo("Login " + expected + " SMTP");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            203.0.113.7 ? RATE_LIMIT          <= warning: Connection rate limit exceeded: 31 from h.example[203.0.113.7] for service smtpd
            203.0.113.7 ? RATE_LIMIT          <= warning: Message delivery request rate limit exceeded: 334 from h.example[203.0.113.7] for service submission
            203.0.113.7 ? RATE_LIMIT          <= warning: Recipient address rate limit exceeded: 9 from h.example[203.0.113.7] for service smtp
            203.0.113.7 ? RATE_LIMIT          <= warning: AUTH command rate limit exceeded: 9 from h.example[203.0.113.7] for service smtp
            203.0.113.7 ? RATE_LIMIT          <= warning: New TLS session rate limit exceeded: 9 from h.example[203.0.113.7] for service smtp
            203.0.113.7 ? CONNECTION_LIMIT    <= warning: Connection concurrency limit exceeded: 51 from h.example[203.0.113.7] for service smtpd
            203.0.113.7 bob@example.org MAILBOX_FULL <= NOQUEUE: reject: RCPT from h.example[203.0.113.7]: 552 5.2.2 <bob@example.org>: Recipient address rejected: Mailbox is full; from=<a@b> to=<bob@example.org> proto=ESMTP helo=<x>
            203.0.113.7 ? DISK_FULL           <= NOQUEUE: reject: MAIL from h.example[203.0.113.7]: 452 4.3.1 Insufficient system storage; proto=ESMTP helo=<x>
            ? ? DISK_FULL                     <= fatal: write queue file: No space left on device
            """)
    void readsTroubles(String expected, String message) {
        assertThat(read("postfix/smtpd", message)).isEqualTo("Trouble " + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            Connected 192.0.2.1 SMTP 0           <= connect from unknown[192.0.2.1]
            Rejected 203.0.113.7                 <= NOQUEUE: reject: RCPT from h.example[203.0.113.7]: 550 5.1.1 <No space left on device@x>: Recipient address rejected: User unknown; from=<> to=<x> proto=SMTP helo=<y>
            Rejected 203.0.113.7                 <= NOQUEUE: reject: RCPT from h.example[203.0.113.7]: 554 5.7.1 <a@b>: Relay access denied; from=<552 5.2.2@x> to=<a@b>
            """)
    void readsConnectionsAndRejectedRecipients(String expected, String message) {
        assertThat(read("postfix/smtpd", message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "warning: unknown[1.1.1.1]: SASL LOGIN authentication failed: Connection lost to authentication server",
                "warning: unknown[1.1.1.1]: SASL LOGIN authentication failed: Connection lost to authentication server, sasl_username=bob",
                "warning: host[192.0.2.5]: SASL CRAM-MD5 authentication failed: Invalid authentication mechanism",
                "warning: host[192.0.2.5]: SASL PLAIN authentication failed: Temporary authentication failure",
                "warning: host[192.0.2.5]: SASL LOGIN authentication aborted",
                "warning: SASL authentication failure: Password verification failed",
                "warning: SASL: Connect to private/auth failed: Connection refused",
                "warning: hostname x.example does not resolve to address 192.0.2.5: Name or service not known",
                "warning: x: SASL LOGIN authentication failed: UGFzc3dvcmQ6",
                "warning: a b[192.0.2.5]: SASL LOGIN authentication failed: UGFzc3dvcmQ6",
                "lost connection after AUTH from unknown[192.0.2.23]",
                "disconnect from unknown[192.0.2.1] ehlo=1 auth=0/1 quit=1 commands=2/3",
                "connect from unknown[unknown]",
                "connect from unknown[192.0.2.1] and more",
                "1CF582025C: client=h.example[203.0.113.7]",
                "1CF582025C: client=localhost[127.0.0.1], orig_queue_id=9, orig_client=h.example[203.0.113.7]",
                "NOQUEUE: reject: VRFY from h.example[203.0.113.7]: 550 5.1.1 <x>: Recipient address rejected",
                "too many errors after AUTH from unknown[192.0.2.1]",
                "warning: "
            })
    void readsNothingElse(String message) {
        assertThat(read("postfix/smtpd", message)).isEqualTo("-");
    }

    /** The client chooses its name and its words: neither moves its address, nor makes another event. */
    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            x]: notice [sshd] ban 1.2.3.4     <= x]: NOTICE [sshd] Ban 1.2.3.4
            x, sasl_username=alice            <= x, sasl_username=alice
            x[192.0.2.9]: sasl login authentication failed: <= x[192.0.2.9]: SASL LOGIN authentication failed:
            user=<a>, rip=192.0.2.9           <= user=<a>, rip=192.0.2.9
            <!channel> @everyone [a](http://b) <= <!channel> @everyone [a](http://b)
            connection lost to authentication server <= Connection lost to authentication server
            : no space left on device         <= : No space left on device
            """)
    void keepsToTheClientWhateverItCallsItself(String mailbox, String user) {
        String head =
                "warning: unknown[203.0.113.7]: SASL LOGIN authentication failed: (reason unavailable), sasl_username=";
        assertThat(read("postfix/smtpd", head + user))
                .isEqualTo("AuthFailure 203.0.113.7 " + mailbox + " LOGIN UNKNOWN x1 SMTP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 22 10:44:30 mail sshd[1]: postfix/smtpd[1]: warning: h[1.2.3.4]: SASL LOGIN authentication failed: x",
                "Nov 22 10:44:30 mail sshd[1]: Invalid user postfix/smtpd[1]: warning: h[1.2.3.4]: SASL LOGIN authentication failed: x",
                "Nov 22 10:44:30 mail postfix/cleanup[1]: warning: h[1.2.3.4]: SASL LOGIN authentication failed: x",
                "Nov 22 10:44:30 mail postfix/smtpd[1] warning: h[1.2.3.4]: SASL LOGIN authentication failed: x",
                "warning: h[1.2.3.4]: SASL LOGIN authentication failed: x"
            })
    void readsNoOtherProgram(String line) {
        assertThat(MailLineReader.read(line)).isEmpty();
    }
}
