/** What the wiring adds. */
@NullMarked
package io.mailban.deploy.wiring;

import org.jspecify.annotations.NullMarked;
