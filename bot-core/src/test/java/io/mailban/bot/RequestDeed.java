package io.mailban.bot;

import io.mailban.access.Role;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Something that happens while requests live: to them, to the servers, to the clock, to the bot. */
public sealed interface RequestDeed {
    /** Somebody asks to lift whatever bans the target; {@code target} and {@code who} count through those that there are. */
    record Ask(int who, int target) implements RequestDeed {}

    /** Somebody lifts without approval. */
    record Emergency(int who, int target) implements RequestDeed {}

    /** Somebody says yes to one of the requests so far. */
    record SayYes(int who, int request) implements RequestDeed {}

    /** Somebody says no. */
    record SayNo(int who, int request) implements RequestDeed {}

    /** Somebody takes it back. */
    record Withdraw(int who, int request) implements RequestDeed {}

    /** The bot carries out what there is to carry out. */
    record Work(int request) implements RequestDeed {}

    /** The bot dies at a call of the store or a server, the n-th from now, and another opens the store. */
    record DieAfter(int calls) implements RequestDeed {}

    /** A jail bans; by hand where {@code hand} is 0. */
    record Ban(int server, int jail, int target, int hand) implements RequestDeed {}

    /** Somebody else lifts a ban, or it ends. */
    record BanGoes(int server, int jail, int target) implements RequestDeed {}

    /** A server goes down, or comes back. */
    record Flip(int server) implements RequestDeed {}

    /** Time passes. */
    record Pass(Duration time) implements RequestDeed {}

    /** Somebody gets a role, or loses it; the bot is started anew. */
    record FlipRole(int who, Role role) implements RequestDeed {}

    /** Any of them, those more often that lead somewhere. */
    static Arbitrary<RequestDeed> any() {
        Arbitrary<Integer> few = Arbitraries.integers().between(0, 4);
        return Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(few, few).as(Ask::new)),
                Tuple.of(1, Combinators.combine(few, few).as(Emergency::new)),
                Tuple.of(8, Combinators.combine(few, few).as(SayYes::new)),
                Tuple.of(1, Combinators.combine(few, few).as(SayNo::new)),
                Tuple.of(1, Combinators.combine(few, few).as(Withdraw::new)),
                Tuple.of(6, few.map(Work::new)),
                Tuple.of(2, Arbitraries.integers().between(0, 12).map(DieAfter::new)),
                Tuple.of(4, Combinators.combine(few, few, few, few).as(Ban::new)),
                Tuple.of(2, Combinators.combine(few, few, few).as(BanGoes::new)),
                Tuple.of(2, few.map(Flip::new)),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(10),
                                        Duration.ofMinutes(10),
                                        Duration.ofHours(1))
                                .map(Pass::new)),
                Tuple.of(
                        1,
                        Combinators.combine(few, Arbitraries.of(Role.REQUESTER, Role.APPROVER))
                                .as(FlipRole::new)));
    }
}
