package io.mailban.audit;

import java.util.List;
import java.util.Optional;

/** Checks links against their hashes: pure. */
public final class ChainCheck {
    private ChainCheck() {}

    /** Checks a whole chain, from its first entry on. */
    public static ChainVerdict whole(List<ChainLink> links) {
        return check(links, 1, ChainLink.BEGINNING);
    }

    /** Checks a piece of a chain that begins behind an entry with this hash. */
    public static ChainVerdict piece(List<ChainLink> links, String previous) {
        return check(links, links.isEmpty() ? 1 : links.getFirst().number(), previous);
    }

    /** The same verdict, unless it is whole and no entry has this hash. */
    public static ChainVerdict against(Optional<String> noted, ChainVerdict verdict, List<ChainLink> links) {
        return verdict instanceof ChainVerdict.Whole whole
                        && noted.isPresent()
                        && links.stream().noneMatch(link -> link.hash().equals(noted.get()))
                ? new ChainVerdict.OtherHead(noted.get(), whole)
                : verdict;
    }

    private static ChainVerdict check(List<ChainLink> links, long first, String before) {
        long expected = first;
        String previous = before;
        long missing = 0;
        long erased = 0;
        for (ChainLink link : links) {
            if (link.number() != expected) {
                return new ChainVerdict.Broken(
                        expected, "it is missing, or out of its order: entry " + link.number() + " is in its place");
            }
            Optional<String> fault = link.fault(previous);
            if (fault.isPresent()) {
                return new ChainVerdict.Broken(expected, fault.get());
            }
            missing += link.missing();
            erased += link.plain().erased();
            previous = link.hash();
            expected++;
        }
        // A piece can hold an erasure of values that stand before it, or lack one that comes after it.
        return first == 1 && missing != erased
                ? new ChainVerdict.Broken(firstMissing(links), unaccounted(missing, erased))
                : new ChainVerdict.Whole(first, expected - 1, previous, missing);
    }

    private static long firstMissing(List<ChainLink> links) {
        return links.stream()
                .filter(link -> link.missing() > 0)
                .mapToLong(ChainLink::number)
                .findFirst()
                .orElse(1);
    }

    private static String unaccounted(long missing, long erased) {
        return "values are missing here or further on: " + missing + " are gone, and the log says that " + erased
                + " were erased";
    }
}
