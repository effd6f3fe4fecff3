/**
 * What was done, by whom, when, why, and what came of it.
 *
 * <p>Decision: a chain of hashes over commitments. Context: a log of who opened which door is worth what its reader can
 * trust, and it holds names that people may ask to have erased. Options: a plain table; a chain over the entries, which
 * nothing can be erased from; one random key for each person; a commitment for each value. Taken: the last. An entry's
 * hash covers the hash before and, for each value that is somebody's, SHA-256 over a random key and the value; value and
 * key are rows of their own, and erasing them leaves a commitment that nobody can open or guess at. How many values were
 * erased is itself an entry, so that a row that was merely deleted shows. Price: five small rows an entry; and no chain
 * shows that its end was cut off, or that all of it was written anew by somebody who can write the file: for that the
 * head has to be noted where that person can't write, which is why the bot logs it, and {@code audit verify --head}
 * compares.
 */
@NullMarked
package io.mailban.audit;

import org.jspecify.annotations.NullMarked;
