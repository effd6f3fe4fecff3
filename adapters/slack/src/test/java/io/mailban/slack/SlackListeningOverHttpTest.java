package io.mailban.slack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;

class SlackListeningOverHttpTest extends SlackListeningTest {
    @Override
    SlackPlatform open(Overheard ears) {
        SlackSetup.Transport.Http http = new SlackSetup.Transport.Http(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                () -> slack.signingSecret().toCharArray());
        SlackPlatform opened = SlackPlatform.of(slack.setup(http), Set.of(), InstantSource.system());
        opened.open(ears.ears());
        slack.speakHttp(URI.create(
                "http://127.0.0.1:" + opened.listening().orElseThrow().getPort() + "/slack/events"));
        return opened;
    }
}
