/**
 * Keeps fail2ban from banning an address for a while, and no longer.
 *
 * <p>Decision: fail2ban's own {@code ignoreip}, in memory, kept there by us. Context: an entry that is added to a running
 * fail2ban is gone when it starts anew, has no end of its own, and can't be told from an operator's of the same address.
 * Options: writing to {@code jail.local}; lifting each new ban; {@code addignoreip} and looking after it. Taken: the last.
 * What is to be is on our disk before anything is asked of the server; a look every few seconds adds what a restart
 * forgot; the end is made as often as it takes. A jail that was not part of the
 * approved plan is left alone. An entry that stood before ours, or a network around it, is the
 * operator's and never touched. Price: an operator who adds the very same address while ours stands loses that entry
 * from fail2ban's memory when ours ends (fail2ban takes it silently, nothing shows it); one in {@code jail.local} counts
 * again from the next reload.
 */
@NullMarked
package io.mailban.exemption;

import org.jspecify.annotations.NullMarked;
