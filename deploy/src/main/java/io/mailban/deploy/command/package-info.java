/** The command line: what can be typed after {@code mailban}, and at which terminal. Loads what a command needs, no more. */
@NullMarked
package io.mailban.deploy.command;

import org.jspecify.annotations.NullMarked;
