package io.mailban.chat;

final class InMemoryPingsTest extends PingsContract {
    private final InMemoryPings pings = new InMemoryPings();

    @Override
    protected Pings pings() {
        return pings;
    }
}
