package io.mailban.config;

import io.mailban.ban.Address;
import io.mailban.chat.Naming;
import io.mailban.config.SlackSettings.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code slack}. An id is held to its form, since a name in its place would match nothing, silently. */
final class SlackReader {
    private static final Pattern WORKSPACE = Pattern.compile("T[A-Z0-9]{1,20}");
    /** Old private channels begin with G. */
    private static final Pattern CHANNEL = Pattern.compile("[CG][A-Z0-9]{1,20}");

    private static final Pattern LISTEN = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+)):([0-9]{1,5})");
    private static final URI SLACK = URI.create("https://slack.com/api/");
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 3000);

    private final SlackTokens tokens;

    SlackReader(Secrets secrets) {
        this.tokens = new SlackTokens(secrets);
    }

    /** The settings; empty where a key that is needed is missing or unfit. */
    Optional<SlackSettings> read(Section section) {
        Optional<Secret> botToken =
                section.requiredSecret("bot_token", "file:/etc/mailban/slack-bot-token", tokens::bot);
        Optional<Transport> transport = transport(section);
        List<String> workspaces = section.some("workspaces", "T024BE7LD", SlackReader::workspace);
        List<String> channels = section.some("channels", "C024BE91L", SlackReader::channel);
        Optional<String> named = section.value("requests", SlackReader::channel);
        if (named.isPresent() && !channels.isEmpty() && !channels.contains(named.get())) {
            section.fault(
                    "requests",
                    "requests are shown in one of channels; add " + named.get() + " there, or name another");
        }
        Naming naming = section.value("names", SlackReader::naming).orElse(Naming.MASKED);
        URI api = section.value("api", SlackReader::api).orElse(SLACK);
        if (botToken.isEmpty() || transport.isEmpty() || workspaces.isEmpty() || channels.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SlackSettings(
                botToken.get(),
                transport.get(),
                Set.copyOf(workspaces),
                Set.copyOf(channels),
                named.orElse(channels.getFirst()),
                naming,
                api));
    }

    private Optional<Transport> transport(Section section) {
        boolean socket = section.has("app_token");
        boolean http = section.has("http");
        if (socket && http) {
            section.fault(
                    "http", "stands beside app_token, and Slack sends over one of them alone; leave the other out");
        }
        if (!socket && !http) {
            section.fault(
                    "app_token",
                    "app_token is missing; add one, such as app_token: file:/etc/mailban/slack-app-token, for a socket"
                            + " that the bot opens (Socket Mode), or http with a signing_secret instead");
        }
        Optional<Transport> overSocket =
                section.secret("app_token", tokens::app).map(Transport.Socket::new);
        Optional<Transport> overHttp = section.section("http", this::http).flatMap(found -> found);
        return socket ? overSocket : overHttp;
    }

    private Optional<Transport> http(Section section) {
        InetSocketAddress listen = section.value("listen", SlackReader::listen).orElse(LOOPBACK);
        return section.requiredSecret("signing_secret", "file:/etc/mailban/slack-signing-secret", tokens::signingSecret)
                .map(secret -> new Transport.Http(listen, secret));
    }

    private static String workspace(String text) throws Unfit {
        if (!WORKSPACE.matcher(text).matches()) {
            throw new Unfit("a workspace's id, such as T024BE7LD (in a browser, Slack's address is"
                    + " app.slack.com/client/T…/C…)");
        }
        return text;
    }

    private static String channel(String text) throws Unfit {
        if (text.startsWith("D")) {
            throw new Unfit("a channel's id, such as C024BE91L; direct messages need no entry");
        }
        if (!CHANNEL.matcher(text).matches()) {
            throw new Unfit("a channel's id, such as C024BE91L (in Slack: the channel's name, About, at the bottom;"
                    + " a name could be given to another)");
        }
        return text;
    }

    private static Naming naming(String text) throws Unfit {
        return switch (text) {
            case "masked" -> Naming.MASKED;
            case "full" -> Naming.FULL;
            default -> throw new Unfit("masked or full");
        };
    }

    private static InetSocketAddress listen(String text) throws Unfit {
        Matcher parts = LISTEN.matcher(text);
        if (parts.matches()) {
            String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
            int port = Integer.parseInt(parts.group(3));
            Optional<Address> address = Address.find(host);
            if (address.isPresent() && port >= 1 && port <= 65535) {
                return new InetSocketAddress(InetAddress.ofLiteral(address.get().text()), port);
            }
        }
        throw new Unfit("an address of this machine and a port, such as 127.0.0.1:3000 or [::1]:3000");
    }

    private static URI api(String text) throws Unfit {
        String expected = "an https address, such as https://slack.com/api/, or http to this machine itself";
        try {
            URI uri = new URI(text.endsWith("/") ? text : text + "/");
            boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            // Over plain http the token could be read on its way.
            if (uri.getHost() != null
                    && bare
                    && switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
                        case "https" -> true;
                        case "http" -> isThisMachine(uri.getHost());
                        default -> false;
                    }) {
                return uri;
            }
        } catch (URISyntaxException _) {
            throw new Unfit(expected);
        }
        throw new Unfit(expected);
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
