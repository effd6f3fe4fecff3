/** The command line, in this process and as a program of its own. */
@NullMarked
package io.mailban.deploy.command;

import org.jspecify.annotations.NullMarked;
