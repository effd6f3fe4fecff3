/** The incident that Mailban is for, made to happen on a real mail server: {@code mailban try}. */
@NullMarked
package io.mailban.deploy.story;

import org.jspecify.annotations.NullMarked;
