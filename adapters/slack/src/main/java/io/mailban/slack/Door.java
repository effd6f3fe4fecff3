package io.mailban.slack;

/** How Slack comes in. */
sealed interface Door extends AutoCloseable permits SocketDoor, HttpDoor {
    /**
     * Opens, in the background where Slack is away.
     *
     * @throws TokenRefused if Slack is there and refuses a token
     */
    void open();

    @Override
    void close();
}
