/**
 * What a login to a mail server can do and can't, tried rather than assumed: the examination of {@code mailban doctor}.
 *
 * <p>Decision: the rules judge, the adapter tries. Context: an operator who gives Mailban access wants to know what was
 * given, and who is stuck wants the one command that mends it. Options: a script that tries, judges and prints; trials
 * that bring home nothing but observations. Taken: the latter, so that each fault and its command is decided where no
 * server is needed, and nothing that is tried can change a server. Price: one more type for each thing that is tried.
 */
@NullMarked
package io.mailban.examination;

import org.jspecify.annotations.NullMarked;
