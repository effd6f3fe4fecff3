/**
 * What happened to an address or a mailbox, told from what was kept and what the logs still have.
 *
 * <p>Decision: evidence is written down before a ban is lifted. Context: lifting a ban deletes it from fail2ban's
 * database, with its matched lines and its count; a week later the log has rotated, and nobody can say why it was there.
 * Options: copy every ban as it is made; ask the server while the ban still stands. Taken: the last, for the bans that
 * we lift, since those are the ones that are asked about, and a copy of all of them would be a collection of strangers'
 * addresses. Price: a lift waits for three questions to the server; one that can't be asked is lifted without them.
 */
@NullMarked
package io.mailban.history;

import org.jspecify.annotations.NullMarked;
