/** Commands on a desk of fakes, and on a real socket. */
@NullMarked
package io.mailban.deploy.shell;

import org.jspecify.annotations.NullMarked;
