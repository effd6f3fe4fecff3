/**
 * Explains why an address or a mailbox can't get in: a pure function from what the servers answered to findings, each of
 * which a person reads as one sentence, its evidence, and what to do.
 */
@NullMarked
package io.mailban.diagnosis;

import org.jspecify.annotations.NullMarked;
