/**
 * Mail servers, reached over SSH with JSch: the ports {@link io.mailban.mailserver.MailServers} and {@link
 * io.mailban.mailserver.ServerLogs}.
 *
 * <p>Decision: one session a server, one standing {@code fail2ban-client -i} on it, and the words an administrator
 * types. Context: a verdict is wanted within milliseconds, nothing may be installed on the server, and a one-shot
 * {@code fail2ban-client} costs 75 ms of starting Python. Options: an {@code ssh} process a question (0.3 s each); the
 * same through OpenSSH's ControlMaster (no telling apart of its failures, and a binary to depend on); fail2ban's raw
 * socket (pickle, root only). Price: framing the answers of a program that was made for people, which {@link
 * io.mailban.ssh.AnswerFrames} does, and a one-shot fall-back where that fails.
 *
 * <p>Decision: {@code known_hosts} and {@code ~/.ssh/config} are read here, not by JSch. JSch 2.28 ignores {@code
 * Include} and {@code Match}, keeps only the last of two {@code Host *} blocks, obeys {@code StrictHostKeyChecking no},
 * and takes a changed key of another type for an unknown one.
 */
@NullMarked
package io.mailban.ssh;

import org.jspecify.annotations.NullMarked;
