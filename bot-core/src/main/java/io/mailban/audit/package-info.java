/** What was done, by whom, when, why, and what came of it. */
@NullMarked
package io.mailban.audit;

import org.jspecify.annotations.NullMarked;
