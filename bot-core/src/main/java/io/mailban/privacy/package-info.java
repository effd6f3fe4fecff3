/**
 * How long things are kept, and how a person's name is taken out of them.
 *
 * <p>Decision: a name is searched for wherever text is kept, and the file that held it is written anew. Context: a
 * mailbox's name stands in log lines, reasons, results and requests, with its domain or without, and whoever asks to be
 * forgotten means all of it. Options: a key for each person, thrown away in the end; deleting rows, and leaving their bytes
 * to chance; a search of every text column, and a file that is written anew. Taken: the last, since a name that somebody
 * typed into a reason belongs to no key, and what a key has encrypted can't be searched. Price: forgetting reads every text
 * there is, which is why it is a command for a shell; what a chat platform or a copy of the file holds is out of reach.
 */
@NullMarked
package io.mailban.privacy;

import org.jspecify.annotations.NullMarked;
