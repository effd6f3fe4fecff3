package io.mailban.config;

import io.mailban.access.GroupId;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code access}: accounts, and groups of Slack's, whose ids tell which they are. */
final class AccessReader {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern SLACK_MEMBER = Pattern.compile("[UW][A-Z0-9]{1,20}");
    private static final Pattern SLACK_GROUP = Pattern.compile("S[A-Z0-9]{1,20}");
    private static final Pattern DISCORD_ACCOUNT = Pattern.compile("[0-9]{1,20}");

    private AccessReader() {}

    /** Who was named for a role. */
    private sealed interface Holder {
        record Account(PersonId id) implements Holder {}

        record Group(GroupId id) implements Holder {}
    }

    static AccessSettings read(Section section) {
        Map<Role, Set<PersonId>> people = new EnumMap<>(Role.class);
        Map<Role, Set<GroupId>> groups = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            section.values(key(role), AccessReader::holder).ifPresent(holders -> {
                people.put(
                        role,
                        holders.stream()
                                .filter(Holder.Account.class::isInstance)
                                .map(holder -> ((Holder.Account) holder).id())
                                .collect(Collectors.toUnmodifiableSet()));
                groups.put(
                        role,
                        holders.stream()
                                .filter(Holder.Group.class::isInstance)
                                .map(holder -> ((Holder.Group) holder).id())
                                .collect(Collectors.toUnmodifiableSet()));
            });
        }
        return new AccessSettings.Named(
                people,
                groups,
                section.values("same_person", AccessReader::accounts).orElse(List.of()));
    }

    private static String key(Role role) {
        return switch (role) {
            case READER -> "readers";
            case HELPER -> "helpers";
            case REQUESTER -> "requesters";
            case APPROVER -> "approvers";
        };
    }

    private static Set<PersonId> accounts(String text) throws Unfit {
        Set<PersonId> all = new HashSet<>();
        for (String word : SPACE.split(text.strip(), -1)) {
            switch (holder(word)) {
                case Holder.Account(var id) -> all.add(id);
                case Holder.Group _ -> throw new Unfit("accounts of one person; a group is several");
            }
        }
        if (all.size() < 2) {
            throw new Unfit("two accounts of one person or more, such as \"terminal:carol slack:U024BE7LH\"");
        }
        return all;
    }

    private static Holder holder(String text) throws Unfit {
        int colon = text.indexOf(':');
        boolean oneWord = text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
        if (colon < 1 || colon == text.length() - 1 || !oneWord) {
            throw new Unfit("PLATFORM:ACCOUNT, such as terminal:alice or slack:U024BE7LH");
        }
        String id = text.substring(colon + 1);
        return switch (text.substring(0, colon)) {
            case "terminal" -> new Holder.Account(PersonId.of(text));
            case "slack" -> slack(id);
            case "discord" -> discord(id);
            default -> throw new Unfit("PLATFORM:ACCOUNT, such as terminal:alice or slack:U024BE7LH");
        };
    }

    private static Holder slack(String id) throws Unfit {
        if (SLACK_MEMBER.matcher(id).matches()) {
            return new Holder.Account(new PersonId("slack", id));
        }
        if (SLACK_GROUP.matcher(id).matches()) {
            return new Holder.Group(new GroupId("slack", id));
        }
        throw new Unfit("a member's id, such as slack:U024BE7LH (in Slack: the profile, ⋮, Copy member ID), or a user"
                + " group's, such as slack:S0614TZR7 (the group, ⋮, Copy group ID)");
    }

    private static Holder discord(String id) throws Unfit {
        if (!DISCORD_ACCOUNT.matcher(id).matches()) {
            throw new Unfit("an account's id, such as discord:80351110224678912");
        }
        return new Holder.Account(new PersonId("discord", id));
    }
}
