/**
 * Remembers requests, posted cards, exemptions and the audit log in one SQLite file; {@link io.mailban.store.SqliteStore} opens it.
 *
 * <p>Decision: SQLite by default, PostgreSQL when there are several replicas. Context: one bot serves a few mail
 * servers, writes a few rows a day, and must not lose a decision when it is killed; its operator should not have to run
 * a database for it. Options: PostgreSQL always; files of our own; SQLite. Taken: SQLite in WAL mode with {@code
 * synchronous=FULL}, every write one transaction, so that what a person was told is on disk; the ports are narrow, and
 * their contract suites are in the core, so that PostgreSQL is a second implementation and not a rewrite. Price: one
 * bot for a file (see {@link io.mailban.store.BotLock}), on a local disk; a flush of the disk for each decision.
 *
 * <p>Decision: migrations by Flyway, asked only when the file is behind. Context: a schema has to change for years, and
 * a command from a shell must start at once; Flyway takes about 0.5 s to find that there is nothing to do. Taken: each
 * migration ends by setting SQLite's {@code user_version}, the store compares that number, and loads Flyway only where
 * it is low. Price: a migration edited after its release is noticed by the tests, not at every start.
 */
@NullMarked
package io.mailban.store;

import org.jspecify.annotations.NullMarked;
