/**
 * The program's entry.
 *
 * <p>Decision: Java 25. Context: readers for many servers at once, and a command that a person waits for. Options: 21,
 * which Debian 12's backports have; 25. Taken: 25, for virtual threads that no lock pins, records and sealed switches with
 * unnamed patterns, compact object headers, and an AOT cache that takes most of the start away. Price: the launchers look
 * for a JDK 25, and say so where there is none.
 */
@NullMarked
package io.mailban.deploy;

import org.jspecify.annotations.NullMarked;
