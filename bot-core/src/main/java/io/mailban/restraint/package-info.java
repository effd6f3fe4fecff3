/**
 * What holds the bot back whoever asks: the read-only switch, and how much one person may do within an hour. Both are
 * against an account that was stolen.
 *
 * <p>Decision: counted by person and kind, in the store; read-only is switched on from the chat, and off from the shell
 * alone. Context: a thief with a requester's account can bury the approvers in requests; one with an approver's account can
 * lift every ban there is, one by one. Options: counting in memory, which a restart forgets; a limit for the whole bot,
 * which a thief uses up for everybody; so many requests and so many approvals for a person and hour. Taken: the last. An
 * approver's lift of their own counts as both; denying is never counted, since it changes nothing. Whoever sees something
 * odd can stop the bot at once from the chat; a stolen chat account does not reach the shell of the machine that it runs on.
 * Price: an approver who must lift more than that within an hour waits, or asks a second one; and somebody has to log in to
 * that machine to go on.
 */
@NullMarked
package io.mailban.restraint;

import org.jspecify.annotations.NullMarked;
