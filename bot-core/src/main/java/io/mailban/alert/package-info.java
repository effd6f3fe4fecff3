/**
 * What is worth saying unasked: so far, what somebody wants to be quiet about.
 *
 * <p>Decision: a mute is a row with an end, which whoever would say something reads at that moment. Context: people mute what
 * they are just working on, and forget it. Options: a switch, which stays off until somebody remembers it; a timer, which a
 * restart loses; an end that is compared with the clock. Taken: the last, of thirty days at most: nothing has to run for a
 * mute to end. It holds for a jail on every server or for a whole server, and never for what asks to act now (🔴), nor for the
 * record. Price: a single jail of a single server can't be muted alone.
 */
@NullMarked
package io.mailban.alert;

import org.jspecify.annotations.NullMarked;
