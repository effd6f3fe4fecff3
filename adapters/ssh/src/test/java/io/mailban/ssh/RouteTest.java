package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailban.mailserver.Obstacle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ProxyJump none                          | me@mail1:22
            ProxyJump gate                          | alice@10.0.0.1:2222 me@mail1:22
            ProxyJump gate,inner                    | alice@10.0.0.1:2222 me@inner:22 me@mail1:22
            ProxyJump carol@gate:22,ssh://dave@b:7  | carol@10.0.0.1:22 dave@b:7 me@mail1:22
            ProxyJump [2001:db8::1]:2022            | me@2001:db8::1:2022 me@mail1:22
            ProxyJump behind                        | alice@10.0.0.1:2222 me@behind:22 me@mail1:22
            ProxyJump inner,behind                  | me@inner:22 me@behind:22 me@mail1:22
            ProxyCommand ssh -W %h:%p gate          | alice@10.0.0.1:2222 me@mail1:22
            ProxyCommand /usr/bin/ssh -q gate -W [%h]:%p | alice@10.0.0.1:2222 me@mail1:22
            ProxyCommand none                       | me@mail1:22
            """)
    void theJumpHostsComeFirstEachAsItsOwnEntrySays(String jump, String stops) throws Exception {
        assertThat(route(jump).stops().stream()
                        .map(Route.Stop::destination)
                        .map(to -> to.user() + "@" + to.host() + ":" + to.port()))
                .containsExactly(stops.split(" ", -1));
    }

    @Test
    void ofJumpAndCommandTheEarlierWins() throws Exception {
        assertThat(route("ProxyJump none\n  ProxyCommand nc %h %p").stops()).hasSize(1);
        assertThat(route("ProxyCommand none\n  ProxyJump gate").stops()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ProxyJump round                 | goes through more than 8 jump hosts: does round go through itself?
            ProxyCommand nc %h %p           | wants the ProxyCommand "nc %h %p", which Mailban does not run: say it as ProxyJump HOST
            ProxyCommand ssh -W %h:22 gate  | wants the ProxyCommand "ssh -W %h:22 gate", which Mailban does not run: say it as ProxyJump HOST
            ProxyJump gate:ssh              | ProxyJump gate:ssh: it is not written [user@]host[:port],… (gate:ssh: ssh is no port, such as 22)
            """)
    void aWayThatCannotBeGoneIsNamed(String jump, String words) {
        Obstructed obstructed = catchThrowableOfType(Obstructed.class, () -> route(jump));
        assertThat(obstructed.obstacle()).isEqualTo(new Obstacle.Broken("mail1", "~/.ssh/config " + words));
    }

    private Route route(String jump) throws IOException, Obstructed {
        Path config = home.resolve("config");
        Files.writeString(config, """
                Host gate
                  HostName 10.0.0.1
                  Port 2222
                  User alice
                Host behind
                  ProxyJump gate
                Host round
                  ProxyJump round
                Host mail1
                  %s
                Host *
                  User me
                """.formatted(jump));
        return Route.to(
                SshServer.at("mail1"), new SshSurroundings(home, List.of(config), Optional.empty(), Optional.empty()));
    }
}
