package io.mailban.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Obstacle.NotForwarded.Reason;
import org.junit.jupiter.api.Test;

class ObstaclesTest {

    @Test
    void whatStandsAtAJumpHostNamesItAndIsMendedThere() {
        Obstacle obstacle = new Obstacle.AtJumpHost(
                "gate", new Obstacle.HostKeyUnknown("gate.example.org", "ssh-ed25519", "SHA256:abc"));
        assertThat(Obstacles.words(obstacle))
                .isEqualTo("on the way, at the jump host gate: the host key of gate.example.org is not known yet:"
                        + " ssh-ed25519 SHA256:abc");
        assertThat(Obstacles.mending(obstacle, "mail1")).isEqualTo("compare the fingerprint, then: mailban trust gate");
    }

    @Test
    void aConnectionThatEndsBeforeTheLoginIsNoRefusedLogin() {
        Obstacle away = new Obstacle.TurnedAway("mail1.example.org", 22, "Exceeded MaxStartups");
        assertThat(Obstacles.words(away))
                .isEqualTo("mail1.example.org port 22 ended the connection before anybody could log in:"
                        + " Exceeded MaxStartups");
        assertThat(Obstacles.mending(away, "mail1")).contains("MaxStartups", "PerSourcePenalties");
    }

    @Test
    void aJumpHostThatForbidsIsToldFromOneThatCannot() {
        Obstacle forbidden = new Obstacle.NotForwarded("gate", "mail1", 22, Reason.FORBIDDEN);
        assertThat(Obstacles.words(forbidden)).isEqualTo("the jump host gate forbids going on to mail1 port 22");
        assertThat(Obstacles.mending(forbidden, "mail1"))
                .isEqualTo("AllowTcpForwarding and PermitOpen in gate's sshd_config, and the options before our key"
                        + " there, must let us pass");
        Obstacle notReached = new Obstacle.NotForwarded("gate", "mail1", 22, Reason.NOT_REACHED);
        assertThat(Obstacles.words(notReached)).isEqualTo("the jump host gate can't reach mail1 port 22");
        assertThat(Obstacles.mending(notReached, "mail1"))
                .isEqualTo("is it up, and does its name or address mean the same there? From gate: nc -vz mail1 22");
    }
}
