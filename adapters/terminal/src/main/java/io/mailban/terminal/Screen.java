package io.mailban.terminal;

/** Where a conversation is read. Thread-safe: cards arrive while somebody types. */
public interface Screen {
    /** How text is to look there now. */
    Look look();

    /** Shows whole lines, each ended by {@code \n}, above the one that is being typed. */
    void print(String lines);

    /** What stands before the line that is being typed, from now on. */
    void prompt(String words);
}
