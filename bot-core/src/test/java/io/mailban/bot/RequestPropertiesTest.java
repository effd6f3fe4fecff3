package io.mailban.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.InMemoryApprovals;
import io.mailban.audit.InMemoryAudit;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * No sequence of requests, votes, withdrawals, rights, bans, deaths and clocks lifts a ban without the votes that its plan
 * needs, or twice, or wider than the plan, or too late: {@link LiftWitness} judges each lift as it is ordered.
 */
final class RequestPropertiesTest {
    @Provide
    Arbitrary<List<RequestDeed>> stories() {
        return RequestDeed.any().list().ofMinSize(10).ofMaxSize(60);
    }

    @Property(tries = 1500)
    void noStoryLiftsWhatWasNotAgreedTo(@ForAll("stories") List<RequestDeed> story) {
        RequestWorld world = new RequestWorld(new InMemoryApprovals(new InMemoryAudit()));
        story.forEach(world::happen);
        // A property that nothing ever puts to the test would hold too.
        Statistics.label("lifts")
                .collect(Math.min(world.lifts(), 3))
                .coverage(checker -> checker.check(0).percentage(p -> p < 80));
    }

    @Property(tries = 300)
    void everyStoryComesToAnEnd(@ForAll("stories") List<RequestDeed> story) {
        InMemoryApprovals store = new InMemoryApprovals(new InMemoryAudit());
        RequestWorld world = new RequestWorld(store);
        story.forEach(world::happen);
        world.comeToRest();
        assertThat(store.open()).isEmpty();
    }
}
