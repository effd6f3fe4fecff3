/** What a first run meets: real servers that are set up rightly, and ten ways of doing it wrong. */
@NullMarked
package io.mailban.deploy.setup;

import org.jspecify.annotations.NullMarked;
