package io.mailban.config;

import io.mailban.access.AccessPolicy;
import io.mailban.access.GroupId;
import io.mailban.access.Groups;
import io.mailban.access.PersonId;
import io.mailban.access.SelfApproval;
import io.mailban.approval.Quorum;
import io.mailban.ban.Address;
import io.mailban.privacy.Retention;
import io.mailban.restraint.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator decided, every default filled in. Immutable.
 *
 * @param servers never empty, names unlike
 * @param knownAddresses addresses that are the operator's own people's, whatever the logs say
 * @param slack empty where the bot is in no workspace
 * @param retention how long what is about people is kept
 * @param store the file that remembers; absolute
 * @param mode whether the bot may change anything on a server at all
 */
public record Settings(
        List<ServerSettings> servers,
        Set<Address> knownAddresses,
        AccessSettings access,
        Optional<SlackSettings> slack,
        ApprovalSettings approval,
        SshSettings ssh,
        Retention retention,
        Path store,
        Mode mode) {
    /** Copies the collections. */
    public Settings {
        servers = List.copyOf(servers);
        knownAddresses = Set.copyOf(knownAddresses);
    }

    /** Who may do what where no platform is connected, so that nobody is in any group. */
    public AccessPolicy policy(PersonId atTerminal) {
        return policy(atTerminal, Groups.NONE);
    }

    /**
     * Who may do what.
     *
     * @param atTerminal the operating system's user who runs this program, and so could read the file
     * @param membership who is in {@link #groups} at any moment
     */
    public AccessPolicy policy(PersonId atTerminal, Groups membership) {
        return new AccessPolicy(
                access.holders(atTerminal), access.groups(), membership, approval.selfApproval(), access.samePerson());
    }

    /** Every group that holds a role. */
    public Set<GroupId> groups() {
        return access.groups().values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * How requests live.
     *
     * @param quorum how many approvers it takes
     * @param expiresAfter how long one waits for a decision
     * @param watchFor how long the bot looks for the client after a lift
     * @param limitPerHour how many requests, and how many approvals, one person may make within an hour
     * @param longestExemption for how long at most an address may be exempt
     */
    public record ApprovalSettings(
            SelfApproval selfApproval,
            Quorum quorum,
            Duration expiresAfter,
            Duration watchFor,
            int limitPerHour,
            Duration longestExemption) {}

    /**
     * How servers are reached.
     *
     * @param config read instead of {@code ~/.ssh/config} and {@code /etc/ssh/ssh_config}
     * @param knownHosts trusted host keys, instead of the files that OpenSSH would use
     * @param deadline how long one server may take over one question
     */
    public record SshSettings(Optional<Path> config, Optional<Path> knownHosts, Duration deadline) {}
}
