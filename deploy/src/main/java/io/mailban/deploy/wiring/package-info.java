/**
 * The one place that wires everything, by hand.
 *
 * <p>Decision: no framework. Context: a dozen objects, one process, a start that a person waits for. Options: Spring,
 * Guice, Dagger; a page of constructors. Taken: the page. Price: it is edited when a constructor changes, and the compiler
 * says so.
 */
@NullMarked
package io.mailban.deploy.wiring;

import org.jspecify.annotations.NullMarked;
