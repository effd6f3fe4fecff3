package io.mailban.approval;

/** How many people each tier takes. */
public record Quorum(int single, int wide) {
    /** One for a single address, two for whatever is wider. */
    public static final Quorum DEFAULT = new Quorum(1, 2);

    /** Refuses a quorum of nobody. */
    public Quorum {
        if (single < 1 || wide < 1) {
            throw new IllegalArgumentException("a quorum is one person at least, not " + single + " and " + wide);
        }
    }

    /** For one tier. */
    public int of(Tier tier) {
        return switch (tier) {
            case SINGLE -> single;
            case WIDE -> wide;
        };
    }
}
