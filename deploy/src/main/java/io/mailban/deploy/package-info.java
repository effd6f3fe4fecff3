/** The program's entry. */
@NullMarked
package io.mailban.deploy;

import org.jspecify.annotations.NullMarked;
