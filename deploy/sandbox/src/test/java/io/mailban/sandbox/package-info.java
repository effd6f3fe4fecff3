@NullMarked
package io.mailban.sandbox;

import org.jspecify.annotations.NullMarked;
