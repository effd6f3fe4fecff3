/**
 * Mailban from a shell: one command, one answer, an exit status.
 *
 * <p>Decision: beside a running bot, a command goes through it. Context: two processes that hold a session to each mail
 * server and write the same store would work, but cards in the chat would not move on, and a second connection costs
 * seconds. Options: HTTP on a local port, which needs a secret; a Unix socket; only ever the store. Taken: a Unix socket
 * in a directory of its owner's alone, lines of JSON, the operating system's word for who is at the other end. The command
 * is the same object on both sides: {@link io.mailban.deploy.shell.Errands} on a
 * {@link io.mailban.deploy.shell.Desk}. Price: only the bot's own user, and root, reach it.
 */
@NullMarked
package io.mailban.deploy.shell;

import org.jspecify.annotations.NullMarked;
