/** Slack as a chat platform, on Bolt for Java: what comes in, what goes out, how a card looks there. */
@NullMarked
package io.mailban.slack;

import org.jspecify.annotations.NullMarked;
