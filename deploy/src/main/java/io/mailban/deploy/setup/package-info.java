/**
 * The first run: asks, tries each answer, writes the configuration. Changes nothing on a server.
 *
 * <p>Decision: what is asked is tried while its question still stands, by the same trials as {@code mailban doctor}'s.
 * Context: a configuration that was written unseen fails at the first ban, at night, with whoever wrote it asleep. Options: a
 * template to be filled in; questions that check the form of an answer; questions that log in. Taken: the last, and the
 * file is written beside its place, read as the bot will read it, and linked to its name, which never replaces another.
 * Price: a server that is down can only be written down as it is, by hand or with {@code --anyway}.
 */
@NullMarked
package io.mailban.deploy.setup;

import org.jspecify.annotations.NullMarked;
