/** The words: addresses, networks, jails, servers and bans. */
@NullMarked
package io.mailban.ban;

import org.jspecify.annotations.NullMarked;
