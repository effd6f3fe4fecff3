/**
 * Slack as a chat platform, on Bolt for Java: what comes in, what goes out, how a card looks there.
 *
 * <p><b>Decision: said in turn, on the caller's thread, until it is done.</b> The SDK's asynchronous client obeys {@code
 * Retry-After}, but asks {@code auth.test} first, keeps no order for a channel and gives up on a fault. A queue in the store
 * would outlive the process, but whoever posts wants to know at once what the message is called, and alerts and requests are in
 * the store already until they are said. So each channel is a lane in memory, and a virtual thread waits in it as long as it
 * takes: through {@code 429}, an outage, a broken connection. A second's pause between messages is not kept beforehand: Slack
 * allows short bursts, and most answers are the only one. The price: Slack's Web API has no documented key that makes a post
 * happen once, and reading a channel's history to look for it would need a scope that lets the bot read what people write. So
 * a post whose answer was lost is posted again, and may stand there twice; the second is the one that lives on.
 */
@NullMarked
package io.mailban.slack;

import org.jspecify.annotations.NullMarked;
