package io.mailban.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.alert.Mute;
import io.mailban.alert.Topic;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CardActionTest {
    private static final String LONG = "a-jail-whose-name-has-forty-characters-x";

    @Test
    void mutesComeBackAsTheyWereSentWithinTheLimit() {
        for (Topic topic : List.of(
                new Topic.OfJail(new Jail("postfix-sasl")),
                new Topic.OfJail(new Jail("two words")),
                new Topic.OfJail(new Jail(LONG)),
                new Topic.OfServer(new ServerName(LONG)),
                new Topic.OfServer(new ServerName("root@mail1.example.org")))) {
            for (CardAction action : List.of(
                    new CardAction.Mute(topic, Mute.SHORTEST),
                    new CardAction.Mute(topic, Mute.LONGEST.minus(Duration.ofSeconds(1))),
                    new CardAction.Unmute(topic))) {
                assertThat(CardAction.find(action.encoded())).contains(action);
                assertThat(action.encoded()).hasSizeLessThanOrEqualTo(CardAction.LONGEST);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mute",
                "mute 2h/jail",
                "mute 2h/jail ",
                "mute 2h postfix-sasl",
                "mute 2h/network 203.0.113.0/24",
                "mute soon/jail postfix-sasl",
                "mute /jail postfix-sasl",
                "mute 2h/jail a\nb",
                "unmute jail",
                "unmute postfix-sasl",
                "unmute every thing",
                "check 203.0.113.7 a\u0000b",
            })
    void whatNobodyWroteIsNoAction(String text) {
        assertThat(CardAction.find(text)).isEmpty();
    }
}
