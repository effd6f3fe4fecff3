/** The bot's language, free of any platform: commands in, cards out, forms in between. */
@NullMarked
package io.mailban.chat;

import org.jspecify.annotations.NullMarked;
