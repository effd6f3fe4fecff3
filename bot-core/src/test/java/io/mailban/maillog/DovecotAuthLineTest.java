package io.mailban.maillog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DovecotAuthLineTest {

    private static String read(String text) {
        return Shown.show(MailLineReader.read("Nov 22 10:44:30 mail " + text));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            # 2.2 and 2.3
            bob ? WRONG_PASSWORD         <= dovecot: auth: passwd-file(bob,203.0.113.7,<s>): Password mismatch
            bob ? WRONG_PASSWORD         <= dovecot: auth: ldap(bob,203.0.113.7,<s>): Password mismatch (for LDAP bind) (SHA1 of given password: f638ff)
            bob ? WRONG_PASSWORD         <= dovecot: auth: sql(bob,203.0.113.7): Password mismatch (given password: hunter2) - trying the next passdb
            bob ? WRONG_PASSWORD         <= dovecot: auth: ldap(bob,203.0.113.7,): invalid credentials
            bob ? WRONG_PASSWORD         <= dovecot: auth-worker(304): pam(bob,203.0.113.7): pam_authenticate() failed: Authentication failure (password mismatch?)
            bob ? WRONG_PASSWORD         <= dovecot: auth-worker(304): pam(bob,203.0.113.7,<s>): pam_authenticate() failed: Authentication failure (Password mismatch?) (given password: x)
            bob ? WRONG_PASSWORD         <= dovecot: auth-worker(3270): conn unix:auth-worker (pid=27359,uid=97): auth-worker<128>: pam(bob,203.0.113.7): pam_authenticate() failed: Authentication failure (Password mismatch?)
            bob ? UNKNOWN_USER           <= dovecot: auth-worker(5787): Info: conn unix:auth-worker (uid=97): auth-worker<55>: sql(bob,203.0.113.7): unknown user
            bob ? UNKNOWN_USER           <= dovecot: auth: passwd-file(bob,203.0.113.7): unknown user (SHA1 of given password: ecde9f)
            bob ? UNKNOWN_USER           <= dovecot[442]: dovecot: auth(default): pam(bob,203.0.113.7): pam_authenticate() failed: User not known to the underlying authentication module: 2 Time(s)
            bob ? NOT_ALLOWED            <= dovecot: auth-worker(30165): pam(bob,203.0.113.7,<s>): pam_authenticate() failed: Permission denied
            bob ? TOKEN_REFUSED          <= dovecot: auth: oauth2(bob,203.0.113.7,<s>): oauth2 failed: Introspection failed: no such token
            bob ? WRONG_PASSWORD         <= dovecot: auth: sql(bob,203.0.113.7,master,<s>): Password mismatch
            # 2.4
            bob PLAIN WRONG_PASSWORD     <= dovecot: auth(bob,203.0.113.7,sasl:plain)<s>: passwd-file: Password mismatch
            bob LOGIN WRONG_PASSWORD     <= dovecot: auth(bob,203.0.113.7,sasl:login)<s>: Info: sql: Password mismatch (given password: a) b)
            bob PLAIN UNKNOWN_USER       <= dovecot: auth(bob,203.0.113.7,sasl:plain): sql: unknown user
            bob PLAIN WRONG_PASSWORD     <= dovecot: auth-worker(bob,203.0.113.7,sasl:plain)<12><s>: request [3]: pam: pam_authenticate() failed: Authentication failure (Password mismatch?)
            bob XOAUTH2 TOKEN_REFUSED    <= dovecot: auth(bob,203.0.113.7,sasl:xoauth2)<s>: oauth2: oauth2 failed: Token validation failed
            bob OAUTHBEARER TOKEN_REFUSED <= dovecot: auth(bob,203.0.113.7,sasl:oauthbearer)<s>: sql: unknown user
            # PAM itself
            bob ? UNKNOWN                <= auth: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=bob rhost=203.0.113.7
            bob ? UNKNOWN                <= dovecot-auth: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=bob rhost=203.0.113.7  user=bob
            rhost=1.2.3.4 ? UNKNOWN      <= auth[3]: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=rhost=1.2.3.4 rhost=203.0.113.7
            a rhost=1.2.3.4 ? UNKNOWN    <= auth[3]: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=a rhost=1.2.3.4 rhost=203.0.113.7
            """)
    void readsFailures(String expected, String text) {
        assertThat(read(text)).isEqualTo("AuthFailure 203.0.113.7 " + expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: Info: sql(bob,203.0.113.7,<s>): unknown user",
                "auth-worker(22401): Info: sql(bob,203.0.113.7,<s>): unknown user",
                "auth-worker(22401): Info: conn unix:auth-worker (uid=97): auth-worker<55>: sql(bob,203.0.113.7): unknown user",
                "auth-worker(default): Info: sql(bob,203.0.113.7): unknown user"
            })
    void readsDovecotsOwnFiles(String text) {
        assertThat(Shown.show(MailLineReader.read("Nov 22 10:44:30 " + text)))
                .isEqualTo("AuthFailure 203.0.113.7 bob ? UNKNOWN_USER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dovecot: auth: passwd-file(bob@example.org): unknown user",
                "dovecot: auth: Debug: passwd-file(bob,203.0.113.7): unknown user",
                "dovecot: auth: Debug: client in: AUTH: Password mismatch",
                "dovecot: auth: Error: sql(bob,203.0.113.7): Password query failed: Connection refused",
                "dovecot: auth: login(?,203.0.113.7,<s>): Username character disallowed by auth_username_chars: 0x2c (username: a,b)",
                "dovecot: auth: sql(bob,203.0.113.7): Password mismatched",
                "dovecot: auth: sql(bob,203.0.113.7",
                "dovecot: auth: : unknown user",
                "dovecot: auth(bob,203.0.113.7: unknown user",
                "dovecot: auth(",
                "dovecot: auth",
                "sshd[3]: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=bob rhost=203.0.113.7",
                "auth: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser=bob rhost=203.0.113.7",
                "auth: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser=bob rhost=203.0.113.7",
                "auth: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=bob rhost="
            })
    void readsNothingElse(String text) {
        assertThat(read(text)).isEqualTo("-");
    }

    /** With auth_username_chars empty a client can write all of this; it never becomes another address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,1.2.3.4",
                "a,1.2.3.4,<s>",
                "a,1.2.3.4): Password mismatch",
                "a,1.2.3.4): Password mismatch (given password: b",
                "a,1.2.3.4,sasl:plain)<s>: sql",
                "a,1.2.3.4): unknown user (b",
                ": pam_unix(dovecot:auth): authentication failure; tty=dovecot ruser=b rhost=1.2.3.4 ",
                "(1): x(1.2.3.4,",
                ": Info: sql(a,1.2.3.4"
            })
    void neverReadsAnAddressOutOfAName(String user) {
        for (String tail : new String[] {"", " (given password: x)", " (SHA1 of given password: f638ff)"}) {
            assertThat(read("dovecot: auth: sql(" + user + ",203.0.113.7,<s>): Password mismatch" + tail))
                    .doesNotStartWith("AuthFailure 1.2.3.4");
            assertThat(read("dovecot: auth(" + user + ",203.0.113.7,sasl:plain)<s>: sql: Password mismatch" + tail))
                    .doesNotStartWith("AuthFailure 1.2.3.4");
        }
    }

    /** A password that is logged stands in no field of the event, whatever it holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "hunter2) x",
                "hunter2): Password mismatch",
                "): unknown user hunter2",
                ",hunter2,<x>)"
            })
    void neverKeepsAPassword(String password) {
        String tail = " (given password: " + password + ")";
        assertThat(MailLineReader.read(
                                "Nov 22 10:44:30 mail dovecot: auth: sql(bob,203.0.113.7,<s>): unknown user" + tail)
                        .toString())
                .doesNotContain("hunter2");
        assertThat(MailLineReader.read(
                                "Nov 22 10:44:30 mail dovecot: auth(bob,203.0.113.7,sasl:plain)<s>: sql: Password mismatch"
                                        + tail)
                        .toString())
                .doesNotContain("hunter2");
    }

    @Test
    void anEqualPasswordIsToldFromAnotherAndNeverShown() {
        PasswordMark old = password("Password mismatch (given password: hunter2)");
        assertThat(old).isEqualTo(password("Password mismatch (given password: hunter2)"));
        assertThat(old).isNotEqualTo(password("Password mismatch (given password: hunter3)"));
        assertThat(password("unknown user (SHA1 of given password: ecde9f)"))
                .isEqualTo(password("Password mismatch (SHA1 of given password: ecde9f)"));
        assertThat(old).hasToString("PasswordMark[…]");
    }

    private static PasswordMark password(String words) {
        String line = "2026-11-22T10:44:30+00:00 mail dovecot: auth: sql(bob,203.0.113.7,<s>): " + words;
        return ((MailEvent.AuthFailure) MailLineReader.read(line).orElseThrow())
                .password()
                .orElseThrow();
    }
}
