/** The time at the head of a log line, and what it is worth: logs differ in whether they write a year or an offset. */
@NullMarked
package io.mailban.logtime;

import org.jspecify.annotations.NullMarked;
