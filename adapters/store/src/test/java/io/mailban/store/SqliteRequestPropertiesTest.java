package io.mailban.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.bot.RequestDeed;
import io.mailban.bot.RequestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The same stories as in memory, fewer of them, over the real store: no lift that was not agreed to, and an end to each. */
final class SqliteRequestPropertiesTest {
    @Provide
    Arbitrary<List<RequestDeed>> stories() {
        return RequestDeed.any().list().ofMinSize(20).ofMaxSize(60);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void noStoryLiftsWhatWasNotAgreedToAndEachComesToAnEnd(@ForAll("stories") List<RequestDeed> story)
            throws IOException {
        Path directory = Files.createTempDirectory("mailban-story");
        try (SqliteStore store = SqliteStore.open(directory.resolve("mailban.db"))) {
            RequestWorld world = new RequestWorld(store.approvals());
            story.forEach(world::happen);
            world.comeToRest();
            assertThat(store.approvals().open()).isEmpty();
        } finally {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }
}
