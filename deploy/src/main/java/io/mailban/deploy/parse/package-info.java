/** {@code mailban parse}: shows how the bot reads a log. */
@NullMarked
package io.mailban.deploy.parse;

import org.jspecify.annotations.NullMarked;
