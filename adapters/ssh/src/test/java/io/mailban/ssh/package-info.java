/** Tests of reaching servers: tables for what is read, MINA's sshd for what goes wrong, the sandbox for the contract. */
@NullMarked
package io.mailban.ssh;

import org.jspecify.annotations.NullMarked;
