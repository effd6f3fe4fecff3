/**
 * Asks for consent to lift a ban, and counts the answers.
 *
 * <p>Decision: one row, one version, compare-and-set. Context: clicks come twice, late, after a restart, and from two
 * approvers at once. Options: locks; a queue for each request; the store deciding. Taken: every step of a request's life
 * is a pure decision on the row that was read, written only if the row is still that one, its audit entry in the same
 * transaction. Price: the loser of a race reads again, and is told who was first.
 *
 * <p>Decision: a yes binds to what was shown. Context: between the card and the lift, jails ban anew and people lose rights.
 * Options: lifting whatever stands; lifting what is left of the plan; asking again. Taken: before the first step, and before
 * every further try, rights and the bans of the plan's servers are read again.
 *
 * <ul>
 *   <li>A right that is gone, the requester's or that of a voter without whom the quorum is not met: nothing (more) is run.
 *   <li>Every ban is gone: overtaken, also while the request still waits.
 *   <li>Another jail of these servers holds the target, or a person banned it anew after it was shown: nothing (more) is
 *       run, the request ends, and another in its place asks for all that stands now; no yes is carried over, the requester's
 *       neither. Half a lift would let nobody in.
 *   <li>A newer ban that fail2ban made itself, of the same address in the same jail, is what was approved: the device went
 *       on trying while people decided. Once the plan was begun it is not: the ban that was shown may be lifted by then,
 *       unknown to a bot that died or lost its connection, and no request lifts two.
 *   <li>A restart of fail2ban changes nothing: it restores a ban with the time at which it began (1.0.2, 1.1.0). But it
 *       answers before it has restored them. So a ban that its jail does not hold is believed to be gone only if the database
 *       has lost it too, or, where that can't be read and for networks, if a second look some seconds later agrees.
 *   <li>The switch to read-only stops a plan between two steps; the others wait, as for a server that is down.
 *   <li>A network around an address is another matter: it is never added, and the card of a check names it.
 *   <li>An exemption covers whatever ban stands in its jails; nothing of that is more than was approved.
 *   <li>A server that is down: its steps are tried again with growing pauses until the request ends; a step with a result is
 *       never repeated. Nothing is run after that end, however it was approved.
 * </ul>
 *
 * Where nobody can tell whether a ban was made by hand (no database, no log that reaches back), it counts as fail2ban's own
 * and the card says so: else the loss of a log would take from a lone administrator what they may do. Price: between the
 * reading and the lift some milliseconds remain; fail2ban before 0.11 does not say since when a ban stands, so that there a
 * newer one passes for the one that was shown, as everywhere one within two seconds of it; and a database that still has a
 * ban which fail2ban will not restore, as for an address that the operator exempted meanwhile, keeps the request trying until
 * its end.
 */
@NullMarked
package io.mailban.approval;

import org.jspecify.annotations.NullMarked;
