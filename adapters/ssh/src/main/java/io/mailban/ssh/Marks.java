package io.mailban.ssh;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Words that frame what a server sends, so that nothing an attacker wrote into it can be taken for a frame. */
final class Marks {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Marks() {}

    /** A new word of letters and digits that nobody can know beforehand. */
    static String unguessable() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return "mark" + HexFormat.of().formatHex(bytes) + "n";
    }
}
