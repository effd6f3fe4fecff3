package io.mailban.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Leads what the JDK's own logging is told, which our rooms use, to where libraries' messages go, so that both look alike
 * and tokens are blotted out of both. The JDK makes one by its name when the first message comes: a command that logs
 * nothing pays nothing.
 */
public final class LogRoute {
    private static final String SETTINGS = "handlers = org.slf4j.bridge.SLF4JBridgeHandler\n.level = INFO\n";

    /** Called by {@link LogManager}. */
    public LogRoute() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Before anything logs. */
    static void take() {
        System.setProperty("java.util.logging.config.class", LogRoute.class.getName());
    }
}
