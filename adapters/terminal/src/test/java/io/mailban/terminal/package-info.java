/** The terminal, driven by what is typed and read by what it prints. */
@NullMarked
package io.mailban.terminal;

import org.jspecify.annotations.NullMarked;
