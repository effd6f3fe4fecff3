/**
 * Reads {@code mailban.yml} into typed settings: {@link io.mailban.config.ConfigReader} is the way in.
 *
 * <p>Decision: the YAML's nodes are read by hand, and not bound to classes by a library. Context: an operator who has
 * made three mistakes wants to hear of three, with their lines, before anything starts; a binder stops at the first, and
 * says what its classes wanted. Options: Jackson's YAML binding; SnakeYAML's constructor; SnakeYAML's nodes. Taken: the
 * nodes, which know their lines; every value is taken as the text that was written (so {@code no} is a name and {@code
 * 08} a port), and parsed into a type that can't hold a bad one. Price: a few hundred lines of our own; aliases and
 * merges of YAML are refused, which also keeps alias bombs out.
 */
@NullMarked
package io.mailban.config;

import org.jspecify.annotations.NullMarked;
