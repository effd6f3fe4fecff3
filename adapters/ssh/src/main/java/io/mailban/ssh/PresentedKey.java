package io.mailban.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A host key as a server presented it.
 *
 * @param host what known_hosts knows the server by: {@code host} or {@code [host]:port}
 * @param type such as {@code ssh-ed25519}
 * @param base64 the key as known_hosts holds it
 * @param fingerprint {@code SHA256:…}, as {@code ssh} prints it
 */
public record PresentedKey(String host, String type, String base64, String fingerprint) {

    static PresentedKey of(String host, byte[] blob) {
        return new PresentedKey(host, typeOf(blob), Base64.getEncoder().encodeToString(blob), fingerprintOf(blob));
    }

    /** A key's blob begins with its type, as a string with its length before it (RFC 4253, 6.6). */
    private static String typeOf(byte[] blob) {
        int length = blob.length < 4 ? 0 : ByteBuffer.wrap(blob).getInt();
        return length <= 0 || length > blob.length - 4
                ? "unknown type"
                : new String(blob, 4, length, StandardCharsets.US_ASCII);
    }

    private static String fingerprintOf(byte[] blob) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException fault) {
            throw new IllegalStateException("every JDK has SHA-256", fault);
        }
    }
}
