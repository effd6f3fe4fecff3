/**
 * Slack as a chat platform, on Bolt for Java: what comes in, what goes out, how a card looks there.
 *
 * <p>Decision: Bolt parses and dispatches; the socket's life, the signature and who is let in are kept here. Context: an
 * acknowledgement must leave at once, each thing be done once and in order, and a dead socket never go unseen. Options: Bolt's
 * own {@code SocketModeApp} (1.48.0 polls a queue each 10 ms, loses the order with more than one thread, acknowledges over
 * whichever connection is the newest, and its monitor's thread ends for good with the first exception that it does not
 * expect); its middleware (asks {@code auth.test}, takes a stamp from the future, lets an unsigned {@code ssl_check} pass).
 * Price: {@link io.mailban.slack.SocketDoor}, one loop that holds one connection after the other, and {@link
 * io.mailban.slack.Signature}. Over HTTP the JDK's own server is enough: two paths, behind a reverse proxy.
 */
@NullMarked
package io.mailban.slack;

import org.jspecify.annotations.NullMarked;
