/** The whole bot behind a fake Slack, with servers and stores in memory. */
@NullMarked
package io.mailban.deploy.slack;

import org.jspecify.annotations.NullMarked;
