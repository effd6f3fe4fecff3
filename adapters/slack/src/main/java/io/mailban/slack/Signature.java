package io.mailban.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Slack's signature of an HTTP request, {@code v0=} and HMAC-SHA256 of {@code v0:STAMP:BODY}. The SDK's own check takes a
 * stamp from the future, and compares so that the time it takes gives the signature away. Thread-safe.
 */
final class Signature {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Pattern STAMP = Pattern.compile("[0-9]{1,11}");
    private static final String ALGORITHM = "HmacSHA256";

    private final Supplier<char[]> secret;
    private final InstantSource clock;

    Signature(Supplier<char[]> secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** Whether a request may be believed. */
    sealed interface Check {
        record Genuine() implements Check {}

        /** For the log; without anything that came. */
        record Refused(String why) implements Check {}
    }

    Check check(Optional<String> stamp, Optional<String> signature, byte[] body) {
        if (stamp.isEmpty() || signature.isEmpty()) {
            return new Check.Refused("it is not signed");
        }
        if (!STAMP.matcher(stamp.get()).matches()) {
            return new Check.Refused("its time can't be read");
        }
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(stamp.get())), clock.instant());
        if (off.abs().compareTo(SKEW) > 0) {
            return new Check.Refused("its time is " + off.abs().toSeconds() + " s off; the limit is " + SKEW.toSeconds()
                    + " s, and this machine's clock may be wrong");
        }
        byte[] expected =
                ("v0=" + HexFormat.of().formatHex(sum(stamp.get(), body))).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, signature.get().getBytes(StandardCharsets.UTF_8))
                ? new Check.Genuine()
                : new Check.Refused("its signature is wrong; mailban doctor slack says how to mend the signing secret");
    }

    private byte[] sum(String stamp, byte[] body) {
        char[] chars = secret.get();
        byte[] key = new String(chars).getBytes(StandardCharsets.UTF_8);
        Arrays.fill(chars, '\0');
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(("v0:" + stamp + ":").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
