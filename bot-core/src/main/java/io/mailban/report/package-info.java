/**
 * What fail2ban did to a server's own users over weeks, and what its settings would have had to be.
 *
 * <p><b>Decision: one pass, and memory that attackers can't fill.</b> A month of logs is read once, oldest first, the mail
 * log before fail2ban's, and folded into a few bytes for each line that matters: four for a line of fail2ban's, eight for
 * one of the mail log. An address that never logged in matters for a day and no longer, by the rule that tells whose an
 * address is, so it can be forgotten; when attackers are more than fit, a sample of them by address is kept, and the
 * report says of how many. The price: what a setting would have cost is then an estimate, and is written as one. Reading
 * twice would have been exact, and twice the load on the server.
 *
 * <p><b>Decision: no advice that lets attackers go.</b> A setting that spares known users is told with its price; one that
 * would have let go of more than a quarter of the attackers' bans is told as what it is, too dear, together with what
 * spares users and nobody else.
 *
 * <p><b>Decision: a file that is rotated away before its turn is told as not read.</b> One that is being read is read to
 * its end, whatever becomes of its name. To look for the others again would mend the seconds around a rotation, of which
 * there is one in a day or a week; who asks once more has all of it.
 */
@NullMarked
package io.mailban.report;

import org.jspecify.annotations.NullMarked;
