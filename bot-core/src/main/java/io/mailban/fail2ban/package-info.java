/**
 * fail2ban's log, read line by line.
 *
 * <p>Context: a fail2ban log holds text that attackers chose (user names, banned ids, whole lines of other logs inside an
 * ERROR), and its form differs between versions 0.8 and 1.1, log targets and containers. Options: one regular expression
 * for each form, as fail2ban's own recidive filter does; or a scanner that takes the prefix off piece by piece and then
 * wants the message to be one of fail2ban's own from its first character to its last. We scan: it is linear in the
 * length of the line whatever stands in it, and nothing in the middle of a message can start an event. Price: some code
 * for each piece of a prefix.
 */
@NullMarked
package io.mailban.fail2ban;

import org.jspecify.annotations.NullMarked;
