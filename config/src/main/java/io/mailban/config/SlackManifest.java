package io.mailban.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What the Slack app asks of a workspace: {@code config/slack-manifest.yml}, which people paste into Slack, and which the
 * program has with it. Immutable.
 *
 * @param scopes what the bot's token must be allowed, in the file's order
 */
public record SlackManifest(List<Scope> scopes) {
    private static final String FILE = "slack-manifest.yml";

    /** Copies the list. */
    public SlackManifest {
        scopes = List.copyOf(scopes);
    }

    /**
     * A permission.
     *
     * @param name as Slack calls it, such as {@code chat:write}
     * @param reason what the bot does with it, as the file says beside it; the rest of a sentence that begins with "it"
     */
    public record Scope(String name, String reason) {}

    /** Reads the file that was built in. */
    public static SlackManifest builtIn() {
        try (InputStream in = SlackManifest.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not in the program, which was built without it");
            }
            LoaderOptions options = new LoaderOptions();
            options.setProcessComments(true);
            Node root = new Yaml(options).compose(new InputStreamReader(in, StandardCharsets.UTF_8));
            List<Scope> scopes = below(root, "oauth_config")
                    .flatMap(oauth -> below(oauth, "scopes"))
                    .flatMap(kinds -> below(kinds, "bot"))
                    .map(SlackManifest::scopes)
                    .orElseThrow(() -> new IllegalStateException(FILE + " names no scopes"));
            return new SlackManifest(scopes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Scope> scopes(Node list) {
        return ((SequenceNode) list)
                .getValue().stream()
                        .map(scope -> new Scope(((ScalarNode) scope).getValue(), reason(scope)))
                        .toList();
    }

    private static String reason(Node scope) {
        return Optional.ofNullable(scope.getInLineComments()).orElse(List.of()).stream()
                .map(CommentLine::getValue)
                .collect(Collectors.joining(" "))
                .strip();
    }

    private static Optional<Node> below(Node mapping, String key) {
        return ((MappingNode) mapping)
                .getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                                && name.getValue().equals(key))
                        .map(entry -> entry.getValueNode())
                        .findFirst();
    }
}
