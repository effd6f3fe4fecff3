package io.mailban.ban;

/** A banned id that is neither an address nor a network, as fail2ban wrote it: a user name, a session. Not trusted. */
public record OtherId(String text) implements BannedId {
    @Override
    public String toString() {
        return text;
    }
}
