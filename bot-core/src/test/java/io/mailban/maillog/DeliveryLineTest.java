package io.mailban.maillog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryLineTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " <= ", quoteCharacter = '`', textBlock = """
            # Into a mailbox here.
            Delivered bob@example.org <= postfix/local[1]: 4A2: to=<bob@example.org>, relay=local, delay=0.1, delays=0.05/0/0/0.05, dsn=2.0.0, status=sent (delivered to mailbox)
            Delivered bob@example.org <= postfix/local[1]: 4A2: to=<bob@example.org>, orig_to=<root>, relay=local, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to maildir)
            Delivered bob@example.org <= postfix/local[1]: 4A2: to=<bob@example.org>, relay=local, delay=0, status=sent (delivered to command: /usr/bin/procmail -a "$EXTENSION")
            Delivered bob@example.org <= postfix/virtual[1]: 4A2: to=<bob@example.org>, relay=virtual, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to maildir)
            Delivered bob@example.org <= postfix/lmtp[1]: 4A2: to=<Bob@Example.org>, relay=mail.example.org[private/dovecot-lmtp], delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 <bob@example.org> 2sBqAzuHcF8bPQAA Saved)
            Delivered bob@example.org <= postfix/lmtp[1]: 4A2: to=<bob@example.org>, relay=dovecot[172.22.1.250]:24, conn_use=2, delay=0.1, delays=0/0/0/0, tls=none, dsn=2.0.0, status=sent (250 2.0.0 <bob@example.org> x Saved)
            Delivered bob@example.org <= postfix/lmtp[1]: 4A2: to=<bob@example.org>, relay=mail.example.org[/run/cyrus/socket/lmtp], delay=0.1, delays=0/0/0/0, dsn=2.1.5, status=sent (250 2.1.5 Ok SESSIONID=<x>)
            Delivered bob@example.org <= postfix/pipe[1]: 4A2: to=<bob@example.org>, relay=dovecot, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered via dovecot service)
            Delivered bob@example.org <= postfix/pipe[1]: 4A2: to=<bob@example.org>, relay=maildrop, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered via maildrop service)
            Delivered bob@example.org <= postfix/pipe[1]: 4A2: to=<bob@example.org>, relay=plesk_virtual, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered via plesk_virtual service)
            Delivered "a> b"@example.org <= postfix/local[1]: 4A2: to=<"a> b"@example.org>, relay=local, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to mailbox)
            # On to somebody else, or into a filter.
            - <= postfix/smtp[1]: 4A2: to=<amy@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 9EFE470001)
            - <= postfix/smtp[1]: 4A2: to=<bob@example.org>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 9EFE470001)
            - <= postfix/amavis/smtp[1]: 4A2: to=<bob@example.org>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Saved)
            - <= postfix/lmtp[1]: 4A2: to=<bob@example.org>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 9EFE470001)
            - <= postfix/lmtp[1]: 4A2: to=<bob@example.org>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=0/0/0/1, dsn=2.7.0, status=sent (250 2.7.0 Ok, discarded, id=12345-01 - spam)
            - <= postfix/pipe[1]: 4A2: to=<bob@example.org>, relay=spamassassin, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (delivered via spamassassin service)
            - <= postfix/pipe[1]: 4A2: to=<list@example.org>, relay=mailman, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (delivered via mailman service)
            - <= postfix/local[1]: 4A2: to=<bob@example.org>, relay=local, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (forwarded as 1B2C3)
            - <= postfix/local[1]: 4A2: to=<bob@example.org>, relay=local, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to file: /dev/null)
            - <= postfix/local[1]: 4A2: to=<bob@example.org>, relay=local, delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=expired (delivered to mailbox)
            - <= postfix/qmgr[1]: 4A2: from=<bob@example.org>, size=1778, nrcpt=1 (queue active)
            # What didn't get in.
            Trouble ? bob@example.org MAILBOX_FULL <= postfix/lmtp[1]: 4A2: to=<bob@example.org>, relay=mail[private/dovecot-lmtp], delay=1, delays=0/0/0/1, dsn=4.2.2, status=deferred (host mail[private/dovecot-lmtp] said: 452 4.2.2 <bob@example.org> Quota exceeded (mailbox for user is full) (in reply to end of DATA command))
            Trouble ? bob@example.org MAILBOX_FULL <= postfix/virtual[1]: 4A2: to=<bob@example.org>, relay=virtual, delay=1, delays=0/0/0/1, dsn=5.2.2, status=bounced (maildir delivery failed: Disk quota exceeded)
            Trouble ? bob@example.org DISK_FULL <= postfix/local[1]: 4A2: to=<bob@example.org>, relay=local, delay=1, delays=0/0/0/1, dsn=4.2.0, status=deferred (cannot update mailbox /var/mail/bob for user bob. error writing message: No space left on device)
            Trouble ? bob@example.org NOT_DELIVERED <= postfix/lmtp[1]: 4A2: to=<bob@example.org>, relay=none, delay=1, delays=0/0/0/1, dsn=4.4.1, status=deferred (connect to mail[private/dovecot-lmtp]: Connection refused)
            - <= postfix/lmtp[1]: 4A2: to=<x@example.org>, relay=mail[private/dovecot-lmtp], delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host said: 550 5.1.1 <x@example.org> User doesn't exist: Quota exceeded)
            - <= postfix/smtp[1]: 4A2: to=<amy@example.net>, relay=mx.example.net[192.0.2.5]:25, delay=1, delays=0/0/0/1, dsn=5.2.2, status=bounced (host said: 552 5.2.2 Quota exceeded)
            # A quoted local part holds the sender's words.
            - <= postfix/local[1]: 4A2: to=<"bob@example.org>, relay=local, delay=0, dsn=2.0.0, status=sent (delivered to mailbox)"@example.org>, relay=local, delay=0, delays=0/0/0/0, dsn=5.1.1, status=bounced (unknown user)
            - <= postfix/local[1]: 4A2: to=<"bob
            # Dovecot's own words.
            Delivered bob <= dovecot: lda(bob)<1><sess>: msgid=<a@b>: saved mail to INBOX
            Delivered bob@example.org <= dovecot: lmtp(bob@example.org)<1><sess>: msgid=<a@b>: saved mail to INBOX
            Delivered bob@example.org <= dovecot[3]: lmtp(6743, bob@example.org): FK9a: msgid=<a@b>: saved mail to INBOX
            Delivered bob@example.org <= dovecot: lmtp(bob@example.org)<1><sess>: sieve: msgid=<a@b>: stored mail into mailbox 'INBOX'
            Delivered bob@example.org <= dovecot: lda(bob@example.org)<1><s>: sieve: msgid=<a@b>: fileinto action: stored mail into mailbox 'Lists/a'
            Delivered bob <= dovecot: deliver(bob): msgid=<a@b>: saved mail to INBOX
            Delivered bob <= dovecot: lda(bob): msgid=unspecified: saved mail to Sent Items
            Delivered bob <= dovecot: lmtp(bob)<1><s>: Info: msgid=<a@b>: saved mail to INBOX
            Delivered bob@example.org <= dovecot: lmtp(bob@example.org)<1><s>: from=x, envelope_sender=y, subject=hi: there, msgid=<a@b>, size=9, delivery_time=4ms, saved mail to INBOX
            Trouble ? bob MAILBOX_FULL <= dovecot: lmtp(bob)<1><s>: msgid=<a@b>: save failed to INBOX: Quota exceeded (mailbox for user is full)
            Trouble ? bob MAILBOX_FULL <= dovecot: lda(bob)<1><s>: msgid=<a@b>: rejected: Quota exceeded (mailbox for user is full)
            Trouble ? bob MAILBOX_FULL <= dovecot: lmtp(bob)<1><s>: sieve: msgid=<a@b>: failed to store into mailbox 'INBOX': Quota exceeded (mailbox for user is full)
            Trouble ? bob DISK_FULL <= dovecot: lda(bob)<1><s>: msgid=<a@b>: save failed to INBOX: write(/x) failed: No space left on device
            Trouble ? ? DISK_FULL <= dovecot: imap(bob)<1><s>: Error: write(/var/mail/bob/x) failed: No space left on device
            - <= dovecot: lmtp(bob)<1><s>: msgid=<a: saved mail to alice>: save failed to INBOX: Internal error
            - <= dovecot: lmtp(bob)<1><s>: msgid=<a: saved mail to alice>: rejected: Invalid
            - <= dovecot: lmtp(bob)<1><s>: msgid=<a@b>: sieve: forwarded to <amy@example.net>
            - <= dovecot: imap(bob)<1><s>: copy from INBOX: box=saved mail to INBOX, uid=9
            - <= dovecot: imap(No space left on device)<1><s>: Logged out in=1 out=2
            - <= dovecot: lmtp(6743): Connect from local
            - <= dovecot: lmtp(bob
            """)
    void tellsDeliveriesFromMailThatGoesOn(String expected, String line) {
        assertThat(Shown.show(MailLineReader.read("2026-11-22T10:44:30+00:00 mail " + line)))
                .isEqualTo(expected);
    }

    @Test
    void readsDovecotsOwnFiles() {
        String line = "2026-11-22 10:44:30 lmtp(bob)<1><s>: Info: msgid=<a@b>: saved mail to INBOX";
        assertThat(Shown.show(MailLineReader.read(line))).isEqualTo("Delivered bob");
    }
}
