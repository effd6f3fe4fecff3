/** Whose address it is, and on what evidence. */
@NullMarked
package io.mailban.known;

import org.jspecify.annotations.NullMarked;
