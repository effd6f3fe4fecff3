package io.mailban.ssh;

/** The contract, asked by one standing {@code fail2ban-client -i}. */
class StandingClientTest extends Fail2banContract {
    StandingClientTest() {
        super(Fail2banClients.Way.STANDING_FIRST);
    }
}
