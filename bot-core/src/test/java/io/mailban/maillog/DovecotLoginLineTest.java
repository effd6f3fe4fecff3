package io.mailban.maillog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DovecotLoginLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 22 10:44:30 mail dovecot: ",
                "Nov 22 10:44:30 mail dovecot[459]: ",
                "2026-11-22T10:44:30.123456+00:00 mail dovecot: ",
                "2026-11-22T10:44:30+0000 mail dovecot[459]: ",
                "dovecot-1  | Nov 22 10:44:30 c0ffee dovecot: ",
                "Nov 22 10:44:30 mail dovecot: dovecot: ",
                "Nov 22 10:44:30 ",
                "2026-11-22 10:44:30 ",
                "@400000004c91b044077a9e94 ",
                ""
            })
    void readsSyslogTheJournalContainersAndOwnFiles(String head) {
        String expected = "Login 203.0.113.7 bob PLAIN IMAP";
        String elements = "user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, mpid=7, TLS, session=<a/b+c>";
        assertThat(Shown.show(MailLineReader.read(head + "imap-login: Login: " + elements)))
                .isEqualTo(expected);
        assertThat(Shown.show(MailLineReader.read(head + "imap-login: Info: Login: " + elements)))
                .isEqualTo(expected);
    }

    private static String read(String message) {
        return Shown.show(MailLineReader.read("Nov 22 10:44:30 mail dovecot: " + message));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            Login 203.0.113.7 bob@example.org PLAIN IMAP <= imap-login: Logged in: user=<bob@example.org>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, mpid=7, TLS, session=<x>
            Login 203.0.113.7 bob PLAIN POP3         <= pop3-login: Login: user=<Bob>, method=PLAIN, rip=::ffff:203.0.113.7, lip=::ffff:192.0.2.1, TLS
            Login 2001:db8::7 bob LOGIN SIEVE        <= managesieve-login: Login: user=<bob>, method=LOGIN, rip=2001:db8::7, lip=2001:db8::1, mpid=7, secured, session=<x>
            Login 203.0.113.7 bob OAUTHBEARER SMTP   <= submission-login: Login: user=<bob>, method=OAUTHBEARER, rip=203.0.113.7, lip=192.0.2.1, mpid=7, TLS, session=<x>
            Login 203.0.113.7 bob LOGIN IMAP         <= imap-login: Login: user=<bob> method=LOGIN, rip=203.0.113.7, lip=192.0.2.1, mpid=7, TLS, TLSv1.2 with cipher X (128/128 bits)
            Login 203.0.113.7 bob ? IMAP             <= imap-login: Login: rip=203.0.113.7, lip=192.0.2.1, user=<bob>, session=<x>
            Login 203.0.113.7 bob PLAIN IMAP         <= imap-login: Login: user=<bob>, session=<x>, method=PLAIN, rip=203.0.113.7
            Login ? bob PLAIN IMAP                   <= imap-login: Login: user=<bob>, method=PLAIN, session=<x>
            Login 203.0.113.7 bob PLAIN IMAP         <= imap-login: proxy(bob): started proxying to 192.0.2.9:143: user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, TLS, session=<x>
            Login 203.0.113.7 bob PLAIN IMAP         <= imap-login: proxy(bob): Started proxying to 192.0.2.9 (0.021 secs): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, TLS, session=<x>
            Login 203.0.113.7 bob PLAIN IMAP         <= imap-login: Started proxying to <192.0.2.9> (0.021 secs): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, TLS, session=<x>
            """)
    void readsLogins(String expected, String message) {
        assertThat(read(message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            203.0.113.7 bob PLAIN UNKNOWN x3     <= Aborted login (auth failed, 3 attempts in 16 secs): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, session=<x>
            203.0.113.7 bob PLAIN UNKNOWN x1     <= Disconnected (auth failed, 1 attempts): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, TLS: Disconnected
            203.0.113.7 bob PLAIN UNKNOWN x12    <= Disconnected: Inactivity (auth failed, 12 attempts in 178 secs): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1
            203.0.113.7 ? PLAIN UNKNOWN x1       <= Disconnected (auth failed, 1 attempts): method=PLAIN, rip=203.0.113.7, lip=192.0.2.1
            203.0.113.7 ? ? UNKNOWN x1           <= Disconnected (auth failed, 1 attempts): rip=203.0.113.7, lip=192.0.2.1
            203.0.113.7 bob ? UNKNOWN x1         <= Disconnected: Connection closed: read(size=1003) failed: Connection reset by peer (auth failed, 1 attempts in 0 secs): user=<bob>, rip=203.0.113.7, lip=192.0.2.1, session=<x>
            203.0.113.7 bob PLAIN UNKNOWN x2     <= Disconnected: Too many invalid commands. (auth failed, 2 attempts in 2 secs): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=0.0.0.0
            203.0.113.7 bob LOGIN UNKNOWN x1     <= Client has quit the connection (auth failed, 1 attempts in 2 secs): user=<bob>, method=LOGIN, rip=203.0.113.7, lip=0.0.0.0
            203.0.113.7 bob LOGIN UNKNOWN x1     <= Remote closed connection (auth failed, 1 attempts in 2 secs): user=<bob>, method=LOGIN, rip=203.0.113.7, lip=0.0.0.0
            203.0.113.7 bob PLAIN UNKNOWN x3     <= Login aborted: Connection closed (auth failed, 3 attempts in 16 secs) (auth_failed): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, TLS, session=<x>
            203.0.113.7 bob PLAIN UNKNOWN x1     <= Login aborted: Logged out (auth failed, 1 attempts in 10 secs) (auth_failed): user=<bob>, method=PLAIN, rip=203.0.113.7
            203.0.113.7 bob XOAUTH2 TOKEN_REFUSED x1 <= Aborted login (auth failed, 1 attempts in 2 secs): user=<bob>, method=XOAUTH2, rip=203.0.113.7, lip=192.0.2.1
            203.0.113.7 bob OAUTHBEARER TOKEN_REFUSED x1 <= Login aborted: Connection closed (auth failed, 1 attempts in 2 secs) (auth_failed): user=<bob>, method=OAUTHBEARER, rip=203.0.113.7, lip=192.0.2.1
            203.0.113.7 ? ? PLAINTEXT_REFUSED x1 <= Aborted login (tried to use disabled plaintext auth): rip=203.0.113.7, lip=192.0.2.1
            203.0.113.7 bob ? PLAINTEXT_REFUSED x1 <= Disconnected: Too many invalid commands (tried to use disallowed plaintext auth): user=<bob>, rip=203.0.113.7, lip=192.0.2.1, session=<x>
            203.0.113.7 ? ? PLAINTEXT_REFUSED x2 <= Login aborted: Logged out (tried to use disallowed cleartext auth, 2 attempts in 0 secs) (cleartext_auth_disabled): user=<>, rip=203.0.113.7, lip=192.0.2.1
            203.0.113.7 bob PLAIN UNKNOWN x1     <= Disconnected (proxy dest auth failed): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, session=<x>
            203.0.113.7 bob PLAIN NOT_ALLOWED x1 <= Aborted login (user disabled): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1
            203.0.113.7 bob PLAIN NOT_ALLOWED x2 <= Aborted login (authorization failed, 2 attempts in 3 secs): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1
            """)
    void readsFailures(String expected, String message) {
        assertThat(read("imap-login: " + message)).isEqualTo("AuthFailure " + expected + " IMAP");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            203.0.113.7 bob CONNECTION_LIMIT     <= Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, TLS
            203.0.113.7 bob CONNECTION_LIMIT     <= Login aborted: Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10) (connection limit reached, 1/1 successful auths in 0 secs) (connection_limit): user=<bob>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, TLS
            203.0.113.7 ? CERTIFICATE_REFUSED    <= Disconnected (no auth attempts in 0 secs): user=<>, rip=203.0.113.7, lip=192.0.2.1, TLS handshaking: SSL_accept() failed: error:14094416:SSL routines:ssl3_read_bytes:sslv3 alert certificate unknown: SSL alert number 46, session=<x>
            203.0.113.7 ? CERTIFICATE_REFUSED    <= Login aborted: Connection closed: SSL_accept() failed: error:0A000418:SSL routines::tlsv1 alert unknown ca: SSL alert number 48 (disconnected during TLS handshake) (tls_handshake_not_finished): user=<>, rip=203.0.113.7, lip=192.0.2.1, TLS handshaking: SSL_accept() failed: error:0A000418:SSL routines::tlsv1 alert unknown ca: SSL alert number 48, session=<x>
            """)
    void readsTroubles(String expected, String message) {
        assertThat(read("imap-login: " + message)).isEqualTo("Trouble " + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            203.0.113.7 IMAP 10 <= Disconnected (no auth attempts in 10 secs): user=<>, rip=203.0.113.7, lip=192.0.2.1
            203.0.113.7 IMAP 0  <= Login aborted: Logged out (no auth attempts in 0 secs) (no_auth_attempts): user=<>, rip=203.0.113.7, lip=192.0.2.11, TLS, session=<UIoFV+JgZN/LAHEz>
            """)
    void readsConnectionsWithoutALogin(String expected, String message) {
        assertThat(read("imap-login: " + message)).isEqualTo("Connected " + expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imap-login: Disconnected: Inactivity (no auth attempts): rip=203.0.113.7, lip=192.0.2.1, TLS",
                "imap-login: Disconnected (disconnected before auth was ready, waited 0 secs): user=<>, rip=203.0.113.7",
                "imap-login: Login aborted: Connection closed (disconnected during TLS handshake) (tls_handshake_not_finished): user=<>, rip=203.0.113.7, TLS handshaking: SSL alert number 40",
                "imap-login: Disconnected (client didn't finish SASL auth, waited 2 secs): user=<>, method=PLAIN, rip=203.0.113.7",
                "imap-login: Disconnected (auth process communication failure): user=<bob>, method=PLAIN, rip=203.0.113.7",
                "imap-login: Disconnected (auth service reported temporary failure): user=<bob>, method=PLAIN, rip=203.0.113.7",
                "imap-login: Disconnected (internal failure, 1 successful auths): user=<bob>, method=PLAIN, rip=203.0.113.7",
                "imap-login: Login failed: Cleartext authentication disabled: user=<>, rip=203.0.113.7",
                "imap-login: Error: Timeout waiting for handshake from auth server. my pid=393",
                "imap-login: proxy(bob): disconnecting 192.0.2.9 (Disconnected by client): user=<bob>, method=PLAIN, rip=203.0.113.7",
                "imap-login: Login: user=<>, method=PLAIN, rip=203.0.113.7",
                "imap-login: Login",
                "imap-login: ",
                "imap-login",
                "xmpp-login: Login: user=<bob>, method=PLAIN, rip=203.0.113.7",
                "imap(bob)<1><s>: Logged out in=146 out=2974",
                "imap(bob)<1><s>: Login: user=<bob>, method=PLAIN, rip=203.0.113.7",
                "master: Warning: Killed with signal 15 (by pid=1 uid=0 code=kill)"
            })
    void readsNothingElse(String message) {
        assertThat(read(message)).isEqualTo("-");
    }

    /** What a client may send as its name; whatever it is, the address is the connection's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a, rip=1.2.3.4",
                "a>, rip=1.2.3.4",
                "a>, method=PLAIN, rip=1.2.3.4, lip=192.0.2.1, session=<x>",
                "a>, session=<x>, rip=1.2.3.4",
                "a (auth failed, 9 attempts in 1 secs): user=<b>, rip=1.2.3.4",
                "Logged in: user=<b>, rip=1.2.3.4",
                "x]: NOTICE [sshd] Ban 1.2.3.4",
                "a\u0000\u2028\u001b[31m<!channel>",
                "rip=1.2.3.4, ",
                " rip=1.2.3.4",
                "SSL alert number 46"
            })
    void keepsToTheConnectionsAddress(String user) {
        String elements = ": user=<" + user + ">, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1, session=<a+b/c>";
        String failed = read("imap-login: Aborted login (auth failed, 2 attempts in 16 secs)" + elements);
        assertThat(failed).startsWith("AuthFailure 203.0.113.7 ").endsWith(" PLAIN UNKNOWN x2 IMAP");
        assertThat(read("imap-login: Login" + elements)).startsWith("Login 203.0.113.7 ");
        assertThat(read("imap-login: Disconnected (no auth attempts in 1 secs)" + elements))
                .isEqualTo("-");
        assertThat(read("imap-login: proxy(" + user + "): disconnecting 192.0.2.9" + elements))
                .isEqualTo("-");
    }
}
