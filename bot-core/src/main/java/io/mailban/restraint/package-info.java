/**
 * What holds the bot back whoever asks: the read-only switch, and how much one person may do within an hour. Both are
 * against an account that was stolen.
 *
 * <p>Decision: counted by person and kind, in the store. Context: a thief with a requester's account can bury the approvers
 * in requests; one with an approver's account can lift every ban there is, one by one. Taken: so many requests and so many
 * approvals for a person and hour; an approver's lift of their own counts as both. Denying is never counted: it changes
 * nothing. Read-only is switched on from the chat, so that whoever sees something odd can stop it at once, and off only
 * from the shell of the machine that the bot runs on, where a stolen chat account does not reach.
 */
@NullMarked
package io.mailban.restraint;

import org.jspecify.annotations.NullMarked;
