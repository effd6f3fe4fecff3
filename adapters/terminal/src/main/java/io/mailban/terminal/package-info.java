/**
 * The terminal as a chat platform: cards drawn as text, buttons pressed by number, forms asked line by line.
 *
 * <p>Decision: a conversation is lines in and text out, and knows nothing of the keyboard. Context: the same conversation
 * is held at the bot's own terminal, at another one over its socket, and by a script on a pipe. Options: the line editor
 * in the middle of it; cards sent over the socket and laid out there; this. Taken: {@link io.mailban.terminal.Conversation}
 * keeps numbers, forms and cards, and writes to a {@link io.mailban.terminal.Screen}; {@link io.mailban.terminal.Prompt}
 * edits lines with JLine, {@link io.mailban.terminal.Script} reads them from a pipe. Price: a change of the window's
 * size is only known with the next line.
 */
@NullMarked
package io.mailban.terminal;

import org.jspecify.annotations.NullMarked;
