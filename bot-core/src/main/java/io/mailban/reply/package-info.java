/** What the bot says: every sentence that a person reads, as cards for any platform to lay out. */
@NullMarked
package io.mailban.reply;

import org.jspecify.annotations.NullMarked;
