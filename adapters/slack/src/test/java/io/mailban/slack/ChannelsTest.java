package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.mailban.chat.Naming;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChannelsTest {
    private final FakeSlack slack = FakeSlack.start();
    private final Channels channels =
            new Channels(new Api(slack.api(), () -> slack.botToken().toCharArray()));

    @AfterEach
    void close() {
        slack.close();
    }

    @Test
    void aPrivateChannelIsItsMembersOwnAndAskedForOnce() {
        assertThat(channels.naming("C0MAIL")).isEqualTo(Naming.FULL);
        assertThat(channels.remark("C0MAIL")).isEmpty();
        assertThat(slack.calls("conversations.info")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                is_ext_shared         | true  | is shared with other organisations
                is_pending_ext_shared | true  | is shared with other organisations
                is_org_shared         | true  | is shared with other workspaces of the organisation
                is_private            | false | is open to everybody in the workspace
            """)
    void aChannelThatOthersReadIsMaskedAndNamed(String field, boolean value, String words) {
        slack.workspace().flag("C0MAIL", field, value);
        assertThat(channels.naming("C0MAIL")).isEqualTo(Naming.MASKED);
        assertThat(channels.remark("C0MAIL"))
                .contains("the channel #mail (C0MAIL) " + words
                        + ": mailboxes are masked there, whatever slack.names says");
    }

    @Test
    void whatCouldNotBeReadIsMasked() {
        assertThat(channels.naming("C0GONE")).isEqualTo(Naming.MASKED);
        assertThat(channels.remark("C0GONE").orElse(""))
                .startsWith("the channel C0GONE could not be read (channel_not_found): mailboxes are masked there");

        slack.workspace().revoke("groups:read");
        assertThat(channels.remark("C0MAIL").orElse("")).contains("missing_scope");

        slack.next("conversations.info", new Mishap.Broken(Fault.MALFORMED_RESPONSE_CHUNK));
        assertThat(channels.naming("C0REQUESTS")).isEqualTo(Naming.MASKED);
    }

    @Test
    void whoeverConfiguredThemIsToldOfEachChannelThatOthersRead() {
        slack.workspace().open("C0MAIL");
        try (SlackPlatform platform = SlackPlatform.of(slack.setup(), Set.of(), InstantSource.system())) {
            assertThat(platform.remarks())
                    .singleElement()
                    .asString()
                    .startsWith("the channel #mail (C0MAIL) is open to everybody in the workspace");
        }
    }
}
