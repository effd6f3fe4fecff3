package io.mailban.chat;

final class InMemoryDeliveriesTest extends DeliveriesContract {
    private final InMemoryDeliveries deliveries = new InMemoryDeliveries();

    @Override
    protected Deliveries deliveries() {
        return deliveries;
    }
}
