/** Who may do what: people, their roles, and the verdict on what they ask for. */
@NullMarked
package io.mailban.access;

import org.jspecify.annotations.NullMarked;
