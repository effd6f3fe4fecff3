/** How long things are kept, and how a person's name is taken out of them. */
@NullMarked
package io.mailban.privacy;

import org.jspecify.annotations.NullMarked;
