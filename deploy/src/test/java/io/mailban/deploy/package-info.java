/** The program against real mail servers. */
@NullMarked
package io.mailban.deploy;

import org.jspecify.annotations.NullMarked;
