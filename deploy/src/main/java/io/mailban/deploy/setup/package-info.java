/** The first run: asks, tries each answer, writes the configuration. Changes nothing on a server. */
@NullMarked
package io.mailban.deploy.setup;

import org.jspecify.annotations.NullMarked;
