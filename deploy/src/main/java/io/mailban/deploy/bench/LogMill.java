package io.mailban.deploy.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Makes the logs of a mail server that has been up for weeks: mail comes in, nine hundred users look at theirs, guessers
 * come and go by the thousand, and the devices of a few users have an old password for a day. fail2ban's rule is played
 * over all of it, so that both logs tell one story. The same seed makes the same logs. Not thread-safe.
 */
final class LogMill {
    /** How many users' devices fail, each for {@link #STALE} once in the period. */
    static final int STALE_DEVICES = 6;

    private static final Duration STALE = Duration.ofDays(1);
    private static final int STALE_PACE = 45;
    private static final int USERS = 900;

    /** About what one step writes, guessers included. */
    private static final int BYTES_A_STEP = 2_950;

    /** The jail's rule. */
    record Rule(String jail, int maxRetry, int findTime, int banTime) {}

    /** Where lines go. */
    interface Sink {
        void mail(long second, CharSequence line) throws IOException;

        void ban(long second, CharSequence line) throws IOException;
    }

    private final Random random;
    private final Rule rule;
    private final Sink sink;
    private final PriorityQueue<Try> tries = new PriorityQueue<>(Comparator.comparingLong(Try::at));
    private final PriorityQueue<Ban> bans = new PriorityQueue<>(Comparator.comparingLong(Ban::until));
    private final Map<String, Deque<Long>> failures = new HashMap<>();
    private final Map<String, Long> banned = new HashMap<>();
    private final LogStamps stamps = new LogStamps();
    private int lockOuts;
    private int guessersBans;
    private long serial;

    private record Try(long at, String address, String user, int left, int pace) {}

    private record Ban(long until, String address) {}

    LogMill(Rule rule, long seed, Sink sink) {
        this.rule = rule;
        this.random = new Random(seed);
        this.sink = sink;
    }

    /** How often a user was locked out in what was made. */
    int lockOuts() {
        return lockOuts;
    }

    /** How often anybody else was banned. */
    int guessersBans() {
        return guessersBans;
    }

    /** Makes about so many bytes, spread evenly over the time from one instant to the other. */
    void run(Instant from, Instant to, long bytes) throws IOException {
        long steps = Math.max(1, bytes / BYTES_A_STEP);
        double step = (to.getEpochSecond() - from.getEpochSecond()) / (double) steps;
        List<Long> stale = new ArrayList<>();
        for (int i = 0; i < STALE_DEVICES; i++) {
            // From the middle of the period on, when everybody has been seen for days.
            stale.add((long) (from.getEpochSecond() + steps * step * (0.5 + 0.07 * i)));
        }
        for (long i = 0; i < steps; i++) {
            long now = (long) (from.getEpochSecond() + i * step);
            due(now);
            delivery(now);
            int user = random.nextInt(USERS);
            if (!banned.containsKey(home(user))) {
                login(now, user);
            }
            if (random.nextInt(100) < 55) {
                String guesser =
                        "198." + (18 + random.nextInt(2)) + "." + random.nextInt(256) + "." + random.nextInt(256);
                tries.add(new Try(
                        now, guesser, name(random.nextInt(3000)), 1 + random.nextInt(12), 2 + random.nextInt(60)));
            }
            for (int device = 0; device < stale.size(); device++) {
                if (now >= stale.get(device) && stale.get(device) > 0) {
                    int left = (int) (STALE.toSeconds() / STALE_PACE);
                    tries.add(new Try(now, home(device), name(device), left, STALE_PACE));
                    stale.set(device, -1L);
                }
            }
        }
    }

    private static String name(int user) {
        return "user" + user + "@example.org";
    }

    private static String home(int user) {
        return "203.0." + (100 + user / 250) + "." + (1 + user % 250);
    }

    /** Lets happen what is due: tries and ends of bans, in the order of time. */
    private void due(long now) throws IOException {
        while (true) {
            boolean attempt = !tries.isEmpty() && tries.peek().at() <= now;
            boolean end = !bans.isEmpty() && bans.peek().until() <= now;
            if (end && (!attempt || bans.peek().until() <= tries.peek().at())) {
                Ban over = bans.remove();
                banned.remove(over.address());
                sink.ban(
                        over.until(),
                        stamps.ban(over.until(), "actions ", "NOTICE ", rule.jail(), "Unban " + over.address()));
            } else if (attempt) {
                attempt(tries.remove());
            } else {
                return;
            }
        }
    }

    private void attempt(Try one) throws IOException {
        if (one.left() > 1) {
            int jitter = one.pace() == STALE_PACE ? 0 : random.nextInt(one.pace());
            tries.add(new Try(one.at() + one.pace() + jitter, one.address(), one.user(), one.left() - 1, one.pace()));
        }
        if (banned.containsKey(one.address())) {
            // The firewall answers; no log hears of it.
            return;
        }
        failure(one.at(), one.address(), one.user());
        Deque<Long> recent = failures.computeIfAbsent(one.address(), _ -> new ArrayDeque<>());
        recent.addLast(one.at());
        while (recent.getFirst() <= one.at() - rule.findTime()) {
            recent.removeFirst();
        }
        sink.ban(one.at(), stamps.found(one.at(), rule.jail(), one.address()));
        if (recent.size() >= rule.maxRetry()) {
            failures.remove(one.address());
            banned.put(one.address(), one.at() + rule.banTime());
            bans.add(new Ban(one.at() + rule.banTime(), one.address()));
            sink.ban(one.at(), stamps.ban(one.at(), "actions ", "NOTICE ", rule.jail(), "Ban " + one.address()));
            if (one.address().startsWith("203.")) {
                lockOuts++;
            } else {
                guessersBans++;
            }
        } else if (one.left() == 1) {
            failures.remove(one.address());
        }
    }

    /** What Postfix and Dovecot write about one wrong password. */
    private void failure(long at, String address, String user) throws IOException {
        long pid = 1000 + at % 29_000;
        sink.mail(at, stamps.mail(at, "postfix/smtpd", pid, "connect from unknown[" + address + "]"));
        sink.mail(
                at,
                stamps.mail(
                        at,
                        "dovecot",
                        0,
                        "auth(" + user + "," + address + ",sasl:login)<" + serial++
                                + ">: passwd-file: Password mismatch"));
        sink.mail(
                at,
                stamps.mail(
                        at,
                        "postfix/smtpd",
                        pid,
                        "warning: unknown[" + address
                                + "]: SASL LOGIN authentication failed: (reason unavailable), sasl_username=" + user));
        sink.mail(
                at, stamps.mail(at, "postfix/smtpd", pid, "lost connection after AUTH from unknown[" + address + "]"));
        sink.mail(
                at,
                stamps.mail(
                        at,
                        "postfix/smtpd",
                        pid,
                        "disconnect from unknown[" + address + "] ehlo=1 auth=0/1 commands=1/2"));
    }

    private void login(long at, int user) throws IOException {
        String session = "s" + serial++;
        sink.mail(
                at,
                stamps.mail(
                        at,
                        "dovecot",
                        0,
                        "imap-login: Logged in: user=<" + name(user) + ">, method=PLAIN, rip=" + home(user)
                                + ", lip=192.0.2.25, mpid=" + serial % 30_000 + ", TLS, session=<" + session + ">"));
        sink.mail(
                at,
                stamps.mail(
                        at,
                        "dovecot",
                        0,
                        "imap(" + name(user) + ")<" + serial % 30_000 + "><" + session
                                + ">: Disconnected: Logged out in=412 out=20113 deleted=0 expunged=0 trashed=0"
                                + " hdr_count=3 hdr_bytes=1213 body_count=1 body_bytes=9112"));
    }

    /** A message comes in, by way of nobody who logs in. */
    private void delivery(long at) throws IOException {
        String id = "4ABC" + Long.toString(serial++, 36).toUpperCase(Locale.ROOT) + "Q";
        String user = name(random.nextInt(USERS));
        String host = "mx" + random.nextInt(5000) + ".example.net[192.0.2." + (1 + random.nextInt(250)) + "]";
        long pid = 1000 + serial % 29_000;
        sink.mail(at, stamps.mail(at, "postfix/smtpd", pid, "connect from " + host));
        sink.mail(
                at,
                stamps.mail(
                        at,
                        "postfix/smtpd",
                        pid,
                        "Anonymous TLS connection established from " + host
                                + ": TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange x25519"));
        sink.mail(at, stamps.mail(at, "postfix/smtpd", pid, id + ": client=" + host));
        sink.mail(at, stamps.mail(at, "postfix/cleanup", pid + 1, id + ": message-id=<" + id + "@mx.example.net>"));
        sink.mail(
                at,
                stamps.mail(
                        at,
                        "postfix/qmgr",
                        880,
                        id + ": from=<sender" + random.nextInt(9000)
                                + "@example.net>, size=18211, nrcpt=1 (queue active)"));
        sink.mail(
                at,
                stamps.mail(
                        at,
                        "dovecot",
                        0,
                        "lmtp(" + user + ")<" + pid + "><" + id + ">: sieve: msgid=<" + id
                                + "@mx.example.net>: stored mail into mailbox 'INBOX'"));
        sink.mail(
                at,
                stamps.mail(
                        at,
                        "postfix/lmtp",
                        pid + 2,
                        id + ": to=<" + user + ">, relay=mail1[private/dovecot-lmtp], delay=0.21,"
                                + " delays=0.1/0/0.01/0.1, dsn=2.0.0, status=sent (250 2.0.0 <" + user + "> Saved)"));
        sink.mail(at, stamps.mail(at, "postfix/qmgr", 880, id + ": removed"));
        sink.mail(
                at,
                stamps.mail(at, "postfix/smtpd", pid, "disconnect from " + host + " ehlo=2 starttls=1 mail=1 rcpt=1"));
    }
}
