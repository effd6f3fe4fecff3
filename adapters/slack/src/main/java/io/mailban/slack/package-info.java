/**
 * Slack as a chat platform, on Bolt for Java: what comes in, what goes out, how a card looks there.
 *
 * <p>Decision: said in turn, on the caller's thread, for as long as it takes. Context: Slack limits rates for each channel,
 * goes away at times, and whoever posts wants to know what the message is called. Options: the SDK's asynchronous client, which
 * obeys {@code Retry-After} but keeps no order in a channel and gives up on a fault; a queue in the store; lanes in memory.
 * Taken: the last, since alerts and requests are in the store already until they are said. A second between messages is not
 * kept beforehand: Slack allows short bursts, and most answers are the only one. Price: Slack's Web API documents no key that
 * makes a post happen once, and looking for it in the channel's history would need the right to read what people write; so
 * a post whose answer was lost is posted again and may stand there twice, and the second is the one that lives on.
 */
@NullMarked
package io.mailban.slack;

import org.jspecify.annotations.NullMarked;
