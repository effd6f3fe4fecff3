/**
 * Slack as a chat platform, on Bolt for Java: what comes in, what goes out, how a card looks there.
 *
 * <p>Its shape, which another platform's adapter may take over, names and all: the front, with which the program speaks, is
 * public and small: {@code SlackPlatform}, {@code SlackSetup}, {@code SlackDoctor}, {@code TokenRefused}. Behind it,
 * <ul>
 *   <li>in: a {@code Door} each for the ways in ({@code SocketDoor}, {@code HttpDoor}), {@code Listener} (what Bolt hands on),
 *       {@code FromSlack} (payload to {@code Deed}), {@code Gate} with {@code Members} (who is let in), {@code Reception}
 *       (a deed, once and in turn, to core's {@code Incoming}), {@code UserGroups};
 *   <li>out: {@code SlackChat} (core's port), {@code Voice} (its calls), {@code Outbox} (their order and patience), {@code
 *       Edits}, {@code Whispers}, {@code Forms}, {@code Channels} (who reads them);
 *   <li>look: {@code Layout}, from a {@code Card} over {@code Sections}, {@code Buttons} and {@code Pages} to messages, {@code
 *       HomeView}, {@code FormView}; {@code Mrkdwn} and {@code Plain} make strangers' text harmless;
 *   <li>trials: {@code TokenTrials}, {@code ChannelTrials}, {@code PeopleTrials}, {@code ListenTrial};
 *   <li>between them: {@code Spot} (a place), {@code Metadata} (what a form carries along), {@code Openings}; {@code Api} is
 *       asked through {@code Heard} where it is insisted, and through {@code Asked} where an answer is wanted at once.
 * </ul>
 * One package, since these know each other's package-private types: cut, they would have to be public.
 *
 * <p>Decision: Bolt parses and dispatches; the socket's life, the signature and who is let in are kept here. Context: an
 * acknowledgement must leave at once, each thing be done once and in order, and a dead socket never go unseen. Options: Bolt's
 * own {@code SocketModeApp} (1.48.0 polls a queue each 10 ms, loses the order with more than one thread, acknowledges over
 * whichever connection is the newest, and its monitor's thread ends for good with the first exception that it does not
 * expect); its middleware (asks {@code auth.test}, takes a stamp from the future, lets an unsigned {@code ssl_check} pass).
 * Price: {@link io.mailban.slack.SocketDoor}, one loop that holds one connection after the other, and {@link
 * io.mailban.slack.Signature}. Over HTTP the JDK's own server is enough: two paths, behind a reverse proxy.
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
