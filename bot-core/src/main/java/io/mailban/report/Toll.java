package io.mailban.report;

import io.mailban.report.JailReview.Price;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Adds up what a setting would have meant for bans that were made. Not thread-safe. */
final class Toll {
    /** A replayed ban this close to the real one is the same. */
    private static final int SLACK = 5;

    private final Replay replay;
    private final int end;
    private int[] delays = new int[64];
    private int delayed;
    private int bans;
    private int missed;

    /**
     * @param end where the log ends
     */
    Toll(Replay replay, int end) {
        this.replay = replay;
        this.end = end;
    }

    /**
     * Replays one address.
     *
     * @param made when it was banned
     */
    void add(int[] tries, int[] made) {
        List<Integer> times = replay.bans(tries);
        int[] replayed = new int[times.size()];
        for (int i = 0; i < replayed.length; i++) {
            replayed[i] = times.get(i);
        }
        for (int i = 0; i < made.length; i++) {
            bans++;
            int before = Timeline.countUpTo(replayed, made[i] + SLACK);
            if (before > 0 && made[i] - SLACK < (long) replayed[before - 1] + replay.banTime()) {
                continue;
            }
            int next = i + 1 < made.length ? made[i + 1] - SLACK : end;
            if (before < replayed.length && replayed[before] < next) {
                delays = delayed < delays.length ? delays : Arrays.copyOf(delays, delayed * 2);
                delays[delayed++] = replayed[before] - made[i];
            } else {
                missed++;
            }
        }
    }

    int bans() {
        return bans;
    }

    /** How many of them would have been made as they were. */
    int onTime() {
        return bans - delayed - missed;
    }

    Price price(int oneOf) {
        int[] sorted = Arrays.copyOf(delays, delayed);
        Arrays.sort(sorted);
        int middle = delayed == 0 ? 0 : sorted[delayed / 2];
        return new Price(bans, delayed, missed, Duration.ofSeconds(middle), oneOf);
    }
}
