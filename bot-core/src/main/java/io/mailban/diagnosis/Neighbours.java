package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Mailbox;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a server says about the mailboxes that an address uses, from wherever else.
 *
 * @param all every ban that stands there
 * @param ofMailboxes the lines about those mailboxes
 * @param ofSiblings the lines about the addresses that {@link #bannedSiblings} names
 */
public record Neighbours(BanListing all, Tracing ofMailboxes, Tracing ofSiblings) {

    /** Nobody was asked. */
    public static Neighbours none() {
        Tracing.Horizon nowhere = new Tracing.Horizon("", Optional.empty(), Optional.empty());
        Tracing nothing = new Tracing.Traced(List.of(), nowhere, nowhere);
        return new Neighbours(new BanListing.Standing(List.of()), nothing, nothing);
    }

    /** Other addresses that logged in to one of the mailboxes, and are banned. */
    public static Set<Address> bannedSiblings(Address address, BanListing all, Tracing ofMailboxes) {
        Set<Address> siblings = new LinkedHashSet<>();
        logins(ofMailboxes)
                .flatMap(login -> login.address().stream())
                .filter(other -> !other.equals(address) && !covering(other, all).isEmpty())
                .forEach(siblings::add);
        return siblings;
    }

    /** The banned addresses that are the same owner's as the scene's, by the same rule. */
    List<Finding> siblings(Scene scene, Recognizer recognizer) {
        Optional<Mailbox> owner = ownerOf(scene.whose());
        List<Finding> findings = new ArrayList<>();
        for (Address sibling : bannedSiblings(scene.address(), all, ofMailboxes)) {
            Whose whose = recognizer.recognize(sibling, ofSiblings.found(), scene.now());
            Optional<Mailbox> same = ownerOf(whose)
                    .filter(theirs -> owner.filter(ours -> Recognizer.sameMailbox(ours, theirs))
                            .isPresent());
            List<Ban> bans = covering(sibling, all);
            same.filter(_ -> matters(scene, sibling, bans))
                    .ifPresent(mailbox ->
                            findings.add(new Finding.SiblingBanned(scene.address(), sibling, mailbox, bans)));
        }
        return findings;
    }

    /** One device has two addresses where they are of two kinds; of one kind, one of them is old, or another device's. */
    private static boolean matters(Scene scene, Address sibling, List<Ban> bans) {
        return sibling.family() != scene.address().family()
                || bans.stream().flatMap(ban -> ban.since().stream()).noneMatch(scene::loggedInSince);
    }

    /** The one whose address it is, or perhaps is. */
    static Optional<Mailbox> ownerOf(Whose whose) {
        return switch (whose) {
            case Whose.Known known -> Optional.of(known.mailbox());
            case Whose.Perhaps perhaps -> Optional.of(perhaps.mailbox());
            case Whose.Listed _, Whose.Unknown _, Whose.Suspicious _ -> Optional.empty();
        };
    }

    /** Whether somebody logs in by exactly this name. */
    boolean logsIn(Mailbox mailbox) {
        return logins(ofMailboxes).anyMatch(login -> login.mailbox().equals(mailbox));
    }

    /** The mailbox of that name with a domain, if the logs know only one. */
    Optional<Mailbox> withDomain(Mailbox bare) {
        List<Mailbox> full = logins(ofMailboxes)
                .map(MailEvent.Login::mailbox)
                .filter(mailbox -> mailbox.name().startsWith(bare.name() + "@"))
                .distinct()
                .toList();
        return full.size() == 1 ? Optional.of(full.getFirst()) : Optional.empty();
    }

    private static List<Ban> covering(Address address, BanListing listing) {
        return listing instanceof BanListing.Standing(var bans)
                ? bans.stream().filter(ban -> ban.id().covers(address)).toList()
                : List.of();
    }

    private static Stream<MailEvent.Login> logins(Tracing tracing) {
        return Scene.mail(tracing.found())
                .map(Trace.OfMail::event)
                .filter(MailEvent.Login.class::isInstance)
                .map(MailEvent.Login.class::cast);
    }
}
