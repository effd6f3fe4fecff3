package io.mailban.chat;

/** A message that was posted, so that it can be edited later: its place, and the platform's id for it there. */
public record MessageRef(Place place, String id) {}
