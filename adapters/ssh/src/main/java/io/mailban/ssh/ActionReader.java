package io.mailban.ssh;

import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.JailSettings.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads what an action closes, and how, from the commands that it runs ({@code actionstart}, {@code actionban}): nft,
 * iptables with or without ipset, firewall-cmd, ufw, shorewall, ip route. Its name and its property {@code port} prove
 * nothing: jail.conf hands a port to allports actions too. What runs none of these closes nothing that we know of.
 */
final class ActionReader {
    /** The ports of a rule: a list, or one that a shell would rewrite: {@code $(echo 'smtp,imap' | sed s/:/-/g)}. */
    private static final String PORTS = "[\"\\\\{ ]*(?:\\$\\(echo '([^']*)'|([\\w,:-]+))";

    private static final Pattern NFT_RULE = Pattern.compile("(?:add|insert) rule [^\\n]*\\bsaddr\\b[^\\n]*");
    private static final Pattern NFT_PORTS = Pattern.compile("\\bdport " + PORTS);
    private static final Pattern NFT_VERDICT = Pattern.compile("\\b(reject|drop)\\b");
    private static final Pattern TABLES_RULE =
            Pattern.compile("(?:iptables|iptables>|firewall-cmd --direct)[^\\n]*? -j [^\\n]*");
    private static final Pattern TABLES_PORTS = Pattern.compile("--dports? " + PORTS);
    private static final Pattern TABLES_VERDICT = Pattern.compile("-j (REJECT|DROP)\\b");
    private static final Pattern RICH_RULE = Pattern.compile("--add-rich-rule=[^\\n]*");
    private static final Pattern RICH_PORTS = Pattern.compile("\\bports=" + PORTS);
    private static final Pattern UFW = Pattern.compile("\\bufw [\\w ]*\\b(reject|deny) from ");
    private static final Pattern UFW_APPLICATION = Pattern.compile("-n \"[^\"]+\"");
    private static final Pattern SHOREWALL = Pattern.compile("\\bshorewall\\S* (reject|drop|logdrop|logreject) <ip>");
    private static final Pattern ROUTE = Pattern.compile("\\bip route add \\w+ <ip>");

    private ActionReader() {}

    /** What one action does to a banned client. */
    record Effect(Closes closes, Manner manner) {
        static final Effect NONE = new Effect(new Closes.NothingKnown(), Manner.UNKNOWN);
    }

    /**
     * Reads one action.
     *
     * @param blockType its property, which stands for the tag {@code <blocktype>}; empty where it has none
     */
    static Effect read(String start, String ban, String blockType) {
        String text = (start + "\n" + ban).replace("<blocktype>", blockType.strip());
        if (NFT_RULE.matcher(text).find()) {
            String rules = all(NFT_RULE, text);
            return new Effect(ports(NFT_PORTS, rules), manner(NFT_VERDICT, rules));
        }
        if (RICH_RULE.matcher(text).find()) {
            return new Effect(ports(RICH_PORTS, text), manner(NFT_VERDICT, all(RICH_RULE, text)));
        }
        if (TABLES_RULE.matcher(text).find()) {
            return new Effect(ports(TABLES_PORTS, text), manner(TABLES_VERDICT, text));
        }
        if (UFW.matcher(text).find()) {
            // The ports of a named application are ufw's to know.
            Closes closes = UFW_APPLICATION.matcher(text).find() ? new Closes.NothingKnown() : new Closes.Everything();
            return new Effect(closes, manner(UFW, text));
        }
        if (SHOREWALL.matcher(text).find()) {
            return new Effect(new Closes.Everything(), manner(SHOREWALL, text));
        }
        // The client's packets arrive, and what answers them finds no way back.
        return ROUTE.matcher(text).find() ? new Effect(new Closes.Everything(), Manner.SILENT) : Effect.NONE;
    }

    /** What several actions do together: the widest, in the manner that all have in common. */
    static Effect together(List<Effect> effects) {
        Closes closes = new Closes.NothingKnown();
        for (Effect effect : effects) {
            closes = wider(closes, effect.closes());
        }
        List<Manner> manners = effects.stream()
                .filter(effect -> !effect.equals(Effect.NONE))
                .map(Effect::manner)
                .distinct()
                .toList();
        return new Effect(closes, manners.size() == 1 ? manners.getFirst() : Manner.UNKNOWN);
    }

    private static String all(Pattern pattern, String text) {
        return String.join(
                "\n", pattern.matcher(text).results().map(MatchResult::group).toList());
    }

    private static Closes ports(Pattern pattern, String rules) {
        Closes closes = new Closes.NothingKnown();
        List<MatchResult> lists = pattern.matcher(rules).results().toList();
        for (MatchResult list : lists) {
            closes = wider(
                    closes, PortText.read(Optional.ofNullable(list.group(1)).orElseGet(() -> list.group(2))));
        }
        return lists.isEmpty() ? new Closes.Everything() : closes;
    }

    private static Manner manner(Pattern verdict, String rules) {
        List<String> words = verdict.matcher(rules)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        return words.size() != 1
                ? Manner.UNKNOWN
                : switch (words.getFirst()) {
                    case "reject", "REJECT", "logreject" -> Manner.REFUSES;
                    default -> Manner.SILENT;
                };
    }

    private static Closes wider(Closes one, Closes other) {
        return switch (one) {
            case Closes.Everything _ -> one;
            case Closes.NothingKnown _ -> other;
            case Closes.Ports(var ports) ->
                switch (other) {
                    case Closes.Everything _ -> other;
                    case Closes.NothingKnown _ -> one;
                    case Closes.Ports(var more) -> {
                        List<Integer> all = new ArrayList<>(ports);
                        all.addAll(more);
                        yield new Closes.Ports(all.stream().distinct().sorted().toList());
                    }
                };
        };
    }
}
