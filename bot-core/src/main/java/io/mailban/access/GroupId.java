package io.mailban.access;

/**
 * A group of people that a platform keeps, to which a role can be given as to a person: a Slack user group, a Discord role.
 *
 * @param platform {@code slack} or {@code discord}
 * @param group the platform's own, unchanging id, such as {@code S0614TZR7}
 */
public record GroupId(String platform, String group) {
    @Override
    public String toString() {
        return platform + ":" + group;
    }
}
