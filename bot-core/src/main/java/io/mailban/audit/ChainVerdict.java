package io.mailban.audit;

/** Whether the chain of entries is what was written. */
public sealed interface ChainVerdict {

    /**
     * It is, from its first entry to its last. That no entry was cut off behind the last, only a head that was noted
     * elsewhere can show.
     *
     * @param last the newest entry's number; {@code first - 1} where there is none
     * @param head the newest entry's hash
     * @param erased how many values were erased, as the law wants it, without a change to the chain
     */
    record Whole(long first, long last, String head, long erased) implements ChainVerdict {}

    /** It is not: {@code number} is the first entry that isn't what, or where, it was; {@code why} says how. */
    record Broken(long number, String why) implements ChainVerdict {}

    /** It hangs together, but no entry has the head that was noted: entries were cut off or written anew since. */
    record OtherHead(String noted, Whole now) implements ChainVerdict {}
}
