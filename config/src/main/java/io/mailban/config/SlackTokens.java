package io.mailban.config;

import java.util.regex.Pattern;

/** Reads Slack's tokens, and tells one that was put in another's place. Never says what it found. */
record SlackTokens(Secrets secrets) {
    private static final String BOT = "xoxb-";
    private static final String APP = "xapp-";
    private static final Pattern SIGNING_SECRET = Pattern.compile("[0-9a-f]{32}");

    Secret bot(String text) throws Unfit {
        return checked(text, BOT, "a bot token: on the app's page, OAuth & Permissions, Bot User OAuth Token (xoxb-…)");
    }

    Secret app(String text) throws Unfit {
        return checked(
                text,
                APP,
                "an app-level token: on the app's page, Basic Information, App-Level Tokens, with connections:write"
                        + " (xapp-…)");
    }

    Secret signingSecret(String text) throws Unfit {
        return checked(text, "", "the app's signing secret: on its page, Basic Information, App Credentials");
    }

    /** Only what is surely another one is refused: what a stand-in for Slack calls a token is its own affair. */
    private Secret checked(String text, String form, String wanted) throws Unfit {
        Secret secret = secrets.read(text);
        String value = new String(secret.reveal());
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new Unfit("what is there holds a space or a line break, which no token does; expected " + wanted);
        }
        String found = kind(value);
        if (!found.isEmpty() && !(form.isEmpty() ? SIGNING_SECRET.matcher(value).matches() : value.startsWith(form))) {
            throw new Unfit("what is there is " + found + "; expected " + wanted);
        }
        return secret;
    }

    private static String kind(String value) {
        if (value.startsWith(BOT)) {
            return "a bot token";
        }
        if (value.startsWith(APP)) {
            return "an app-level token";
        }
        if (value.startsWith("xoxp-")) {
            return "a user's token";
        }
        if (value.startsWith("xoxe")) {
            return "a token that ends within hours (token rotation, which the manifest leaves off)";
        }
        return SIGNING_SECRET.matcher(value).matches() ? "a signing secret or a client secret" : "";
    }
}
