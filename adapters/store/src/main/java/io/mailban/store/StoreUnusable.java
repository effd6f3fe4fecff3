package io.mailban.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store can't be used at all. The message is one sentence for the operator: the file, what is wrong, what to do. */
public final class StoreUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreUnusable(Path file, String fault, @Nullable Throwable cause) {
        super("store " + file + ": " + fault, cause);
    }
}
