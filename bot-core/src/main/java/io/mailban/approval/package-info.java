/**
 * Asks for consent to lift a ban, and counts the answers.
 *
 * <p>Decision: one row, one version, compare-and-set. Context: clicks come twice, late, after a restart, and from two
 * approvers at once. Options: locks; a queue for each request; the store deciding. Taken: every step of a request's life
 * is a pure decision on the row that was read, written only if the row is still that one, its audit entry in the same
 * transaction. Price: the loser of a race reads again, and is told who was first.
 */
@NullMarked
package io.mailban.approval;

import org.jspecify.annotations.NullMarked;
