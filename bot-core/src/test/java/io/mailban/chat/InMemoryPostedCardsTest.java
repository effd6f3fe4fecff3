package io.mailban.chat;

/** The fake keeps the contract that tests trust it to keep. */
final class InMemoryPostedCardsTest extends PostedCardsContract {
    private final PostedCards cards = new InMemoryPostedCards();

    @Override
    protected PostedCards cards() {
        return cards;
    }
}
