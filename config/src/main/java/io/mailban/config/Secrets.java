package io.mailban.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches secrets from where the configuration says they are; never says what it found. */
record Secrets(Map<String, String> env, Paths paths) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String FILE = "file:";
    private static final int LARGEST = 64 * 1024;

    /** {@code ${NAME}} or {@code file:PATH}; a file's last line break does not belong to the secret. */
    Secret read(String text) throws Unfit {
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            String value = env.get(variable.group(1));
            if (value == null || value.isEmpty()) {
                throw new Unfit("the environment has no " + variable.group(1) + "; set it where Mailban is started");
            }
            return new Secret(value.toCharArray());
        }
        if (text.startsWith(FILE)) {
            return inFile(paths.read(text.substring(FILE.length())));
        }
        // What stands here may be the secret itself: it is not repeated.
        throw new Unfit("a secret is written ${VARIABLE} or file:/path, never as itself in this file");
    }

    private static Secret inFile(Path file) throws Unfit {
        try {
            if (Files.size(file) > LARGEST) {
                throw new Unfit(file + " is larger than any secret");
            }
            String text = Files.readString(file).replaceFirst("\\r?\\n\\z", "");
            if (text.isEmpty()) {
                throw new Unfit(file + " is empty; it should hold the secret");
            }
            return new Secret(text.toCharArray());
        } catch (NoSuchFileException _) {
            throw new Unfit("there is no " + file + ", which should hold the secret");
        } catch (IOException _) {
            throw new Unfit(file + ", which should hold the secret, can't be read by this user");
        }
    }
}
