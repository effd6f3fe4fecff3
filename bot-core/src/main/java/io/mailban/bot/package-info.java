/** Puts the decisions in order: the only package that calls ports. */
@NullMarked
package io.mailban.bot;

import org.jspecify.annotations.NullMarked;
