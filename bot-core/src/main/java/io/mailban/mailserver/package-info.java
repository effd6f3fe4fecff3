/**
 * What we ask of a mail server, and all that we may hear back.
 *
 * <p>Decision: no agent on the mail server. Context: operators of three-in-the-morning machines install nothing gladly,
 * and {@code fail2ban-client} already answers every question. Options: an agent of our own; fail2ban's socket (pickle,
 * root only); the words an administrator types. Taken: the last, over SSH, through one standing {@code fail2ban-client
 * -i}. Price: text to parse, in every form that its versions print it.
 */
@NullMarked
package io.mailban.mailserver;

import org.jspecify.annotations.NullMarked;
