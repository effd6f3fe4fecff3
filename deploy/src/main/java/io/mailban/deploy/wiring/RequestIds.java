package io.mailban.deploy.wiring;

import io.mailban.approval.ApprovalId;
import java.security.SecureRandom;
import java.util.function.Supplier;

/**
 * New request ids: eight letters and digits out of 34, without those that look alike ({@code l}, {@code o}), so that two
 * are never the same in practice and none is guessed. Thread-safe.
 */
public final class RequestIds implements Supplier<ApprovalId> {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz0123456789";
    private static final int LENGTH = 8;

    private final SecureRandom random = new SecureRandom();

    @Override
    public ApprovalId get() {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new ApprovalId(id.toString());
    }
}
