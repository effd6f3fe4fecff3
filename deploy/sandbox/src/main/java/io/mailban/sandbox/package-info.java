/**
 * Real mail servers for tests and for {@code deploy/try}: starts {@code deploy/sandbox/sandbox}, and acts inside it as
 * the administrator of a server or as a mail client with a public-looking address.
 */
@NullMarked
package io.mailban.sandbox;

import org.jspecify.annotations.NullMarked;
