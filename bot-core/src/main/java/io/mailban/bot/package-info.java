/**
 * Puts the decisions in order: the only package that calls ports.
 *
 * <p>Decision: sealed outcomes for what people meet, exceptions for bugs and dead dependencies. Context: a server that is
 * down, a vote that comes late, a ban that is gone are everyday answers, and each needs its own sentence. Options:
 * exceptions; a generic result with a text; a sealed interface for each operation. Taken: the last, without {@code
 * default} in its switches, so that a new case does not compile until every place that meets it says what it does. Price:
 * many small records.
 */
@NullMarked
package io.mailban.bot;

import org.jspecify.annotations.NullMarked;
