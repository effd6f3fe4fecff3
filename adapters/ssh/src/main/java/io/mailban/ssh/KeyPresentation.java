package io.mailban.ssh;

import io.mailban.mailserver.Obstacle;
import java.nio.file.Path;

/** What came of asking a server for its host key. */
public sealed interface KeyPresentation {

    /** The key is trusted already; there is nothing to do. */
    record Trusted(PresentedKey key) implements KeyPresentation {}

    /** Nothing is known of the server. Once a person has compared the fingerprint: {@link HostKeys#accept}. */
    record New(PresentedKey key, Path file) implements KeyPresentation {}

    /**
     * Another key is known: the server was reinstalled, or somebody is in between. Once a person knows that it was the
     * former: {@link HostKeys#replace}.
     */
    record Changed(PresentedKey key, Path file) implements KeyPresentation {}

    /** {@code @revoked}: to be lifted by hand in the file, if at all. */
    record Revoked(PresentedKey key) implements KeyPresentation {}

    /** The server was not reached. */
    record NotPresented(Obstacle obstacle) implements KeyPresentation {}
}
