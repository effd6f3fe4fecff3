package io.mailban.ssh;

/** The contract, asked by a process for each command. */
class OneShotClientTest extends Fail2banContract {
    OneShotClientTest() {
        super(Fail2banClients.Way.ONE_SHOT_ONLY);
    }
}
