package io.mailban.slack;

import static io.mailban.slack.SlackDoctor.away;
import static io.mailban.slack.SlackDoctor.fault;
import static io.mailban.slack.SlackDoctor.hint;
import static io.mailban.slack.SlackDoctor.notTold;
import static io.mailban.slack.SlackDoctor.well;
import static io.mailban.slack.SlackDoctor.word;

import com.slack.api.methods.response.usergroups.UsergroupsListResponse;
import com.slack.api.methods.response.usergroups.users.UsergroupsUsersListResponse;
import com.slack.api.model.Usergroup;
import io.mailban.access.GroupId;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.chat.Visible;
import io.mailban.examination.Check;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.SlackFlaw;
import io.mailban.examination.SlackFlaw.NobodyMay.Elsewhere;
import io.mailban.examination.SlackFlaw.PersonRefused.Standing;
import io.mailban.examination.SlackGood;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks at whoever is given a role in Slack. Is used once, by one thread. */
final class PeopleTrials {
    private final Api api;
    private final SlackSetup setup;
    private final SlackDoctor.Wanted wanted;
    private final Members members;
    private final Set<Role> held = EnumSet.noneOf(Role.class);

    PeopleTrials(Api api, SlackSetup setup, SlackDoctor.Wanted wanted) {
        this.api = api;
        this.setup = setup;
        this.wanted = wanted;
        this.members = new Members(api);
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        byId(wanted.people(), PersonId::platform, PersonId::account)
                .forEach((id, roles) -> checks.add(person(id, roles)));
        Map<String, Set<Role>> groups = byId(wanted.groups(), GroupId::platform, GroupId::group);
        if (!groups.isEmpty()) {
            checks.addAll(groups(groups));
        }
        checks.addAll(roles(checks));
        return checks;
    }

    private interface Part<T> {
        String of(T one);
    }

    private static <T> Map<String, Set<Role>> byId(Map<Role, Set<T>> byRole, Part<T> platform, Part<T> id) {
        Map<String, Set<Role>> roles = new TreeMap<>();
        byRole.forEach((role, all) -> all.stream()
                .filter(one -> platform.of(one).equals(SlackSetup.PLATFORM))
                .forEach(one -> roles.computeIfAbsent(id.of(one), _ -> EnumSet.noneOf(Role.class))
                        .add(role)));
        return roles;
    }

    private Check person(String id, Set<Role> roles) {
        return switch (members.of(id)) {
            case Members.NotTold(var why) -> untold(id, roles, why);
            case Members.Member member -> {
                String person = Visible.of(member.name()) + " (" + id + ")";
                Optional<Standing> refused = standing(member);
                if (refused.isEmpty()) {
                    held.addAll(roles);
                }
                yield refused.map(why -> fault(Subject.PERSON, new SlackFlaw.PersonRefused(person, why, roles)))
                        .orElseGet(() -> well(Subject.PERSON, new SlackGood.Member(person, roles)));
            }
        };
    }

    private static Check untold(String id, Set<Role> roles, String why) {
        if (why.equals("user_not_found") || why.equals("user_not_visible")) {
            return fault(Subject.PERSON, new SlackFlaw.PersonUnknown(id, roles));
        }
        return why.equals("missing_scope")
                ? new Check.NotTried(Subject.PERSON, Subject.SCOPES)
                : notTold(Subject.PERSON, new SlackFlaw.Unread("the account " + id, Visible.of(why)));
    }

    private Optional<Standing> standing(Members.Member member) {
        return switch (member.standingIn(setup.workspaces())) {
            case DELETED -> Optional.of(Standing.DEACTIVATED);
            case GUEST -> Optional.of(Standing.GUEST);
            case BOT -> Optional.of(Standing.BOT);
            case STRANGER -> Optional.of(Standing.STRANGER);
            case FULL -> Optional.empty();
        };
    }

    private List<Check> groups(Map<String, Set<Role>> groups) {
        UsergroupsListResponse answer;
        try {
            answer = Asked.of(() -> api.client().usergroupsList(r -> r.includeDisabled(true)));
        } catch (SlackAway e) {
            return List.of(away(Subject.GROUP, e));
        }
        if (!answer.isOk() || answer.getUsergroups() == null) {
            String word = word(answer.getError());
            return List.of(
                    word.equals("missing_scope")
                            ? new Check.NotTried(Subject.GROUP, Subject.SCOPES)
                            : fault(Subject.GROUP, new SlackFlaw.Unread("user groups", word)));
        }
        List<Check> checks = new ArrayList<>();
        groups.forEach((id, roles) -> checks.add(answer.getUsergroups().stream()
                .filter(group -> id.equals(group.getId()))
                .findFirst()
                .map(group -> group(group, roles))
                .orElseGet(() -> fault(Subject.GROUP, new SlackFlaw.GroupUnknown(id, roles)))));
        return checks;
    }

    private Check group(Usergroup group, Set<Role> roles) {
        String name = "@" + Visible.of(String.valueOf(group.getHandle())) + " (" + group.getId() + ")";
        if (group.getDateDelete() != null && group.getDateDelete() != 0) {
            return fault(Subject.GROUP, new SlackFlaw.GroupDisabled(name, roles));
        }
        try {
            UsergroupsUsersListResponse answer =
                    Asked.of(() -> api.client().usergroupsUsersList(r -> r.usergroup(group.getId())));
            if (!answer.isOk()) {
                return fault(Subject.GROUP, new SlackFlaw.Unread(name, word(answer.getError())));
            }
            if (answer.getUsers() == null || answer.getUsers().isEmpty()) {
                return fault(Subject.GROUP, new SlackFlaw.GroupEmpty(name, roles));
            }
            held.addAll(roles);
            return well(
                    Subject.GROUP, new SlackGood.Group(name, answer.getUsers().size(), roles));
        } catch (SlackAway e) {
            return away(Subject.GROUP, e);
        }
    }

    /** Where somebody could not be looked at, nobody can say that nobody may. */
    private List<Check> roles(List<Check> looked) {
        boolean all =
                looked.stream().noneMatch(check -> check instanceof Check.NotTold || check instanceof Check.NotTried);
        List<Check> checks = new ArrayList<>();
        if (!held.isEmpty()) {
            checks.add(well(Subject.ROLES, new SlackGood.SomebodyMay(EnumSet.copyOf(held))));
        }
        if (all) {
            Stream.of(Role.READER, Role.REQUESTER, Role.APPROVER)
                    .filter(role -> !held.contains(role))
                    .forEach(role -> checks.add(
                            isHeldElsewhere(role)
                                    ? hint(Subject.ROLES, new SlackFlaw.NobodyMay(role, Elsewhere.SOMEBODY))
                                    : fault(Subject.ROLES, new SlackFlaw.NobodyMay(role, Elsewhere.NOBODY))));
        }
        return checks;
    }

    private boolean isHeldElsewhere(Role role) {
        return wanted.people().getOrDefault(role, Set.of()).stream()
                        .anyMatch(person -> !person.platform().equals(SlackSetup.PLATFORM))
                || wanted.groups().getOrDefault(role, Set.of()).stream()
                        .anyMatch(group -> !group.platform().equals(SlackSetup.PLATFORM));
    }
}
