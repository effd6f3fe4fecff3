/** The head of a log line: when it was written, as far as it says, by which program, and where its message begins. */
@NullMarked
package io.mailban.logtime;

import org.jspecify.annotations.NullMarked;
