package io.mailban.sandbox;

/** What a command in the sandbox did: its exit status, and all that it wrote. */
public record CommandResult(int status, String output, String errors) {}
