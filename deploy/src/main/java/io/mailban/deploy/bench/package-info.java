/** How fast the answers come, against what an administrator would type, side by side in one run. */
@NullMarked
package io.mailban.deploy.bench;

import org.jspecify.annotations.NullMarked;
