package io.mailban.deploy;

import io.mailban.sandbox.MailServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests that share two real servers. Each uses an address of its own, so that their order does not matter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnRealServers {
    RealServers real;

    @BeforeAll
    void boot() {
        real = new RealServers();
    }

    @AfterAll
    void end() {
        real.close();
    }

    /** For {@code @MethodSource}. */
    List<MailServer> servers() {
        return real.all();
    }
}
