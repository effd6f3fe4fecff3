/** Tests of the whole core. */
@NullMarked
package io.mailban;

import org.jspecify.annotations.NullMarked;
