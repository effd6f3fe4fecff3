/**
 * Who may do what: people, their roles, and the verdict on what they ask for.
 *
 * <p>Decision: a group is resolved at each verdict, and not when the program starts or a request is made. Context: a
 * person who is taken out of a group loses the right within a minute, between a request's approval and its run too.
 * Options: a policy that is made anew whenever a group changes; people looked up by whoever asks for a verdict; a policy
 * that asks {@link io.mailban.access.Groups} itself. Taken: the last, so that nobody can hold an old policy. Price:
 * {@code Groups} is the one port that is called outside of {@code bot}; so it never waits. What could not be read for a
 * minute is not told: whoever asks for something then is refused, since everybody is whom no line gives a right; what was
 * approved by somebody who may still hold the right waits, since being away is no reason to take back what people decided.
 */
@NullMarked
package io.mailban.access;

import org.jspecify.annotations.NullMarked;
