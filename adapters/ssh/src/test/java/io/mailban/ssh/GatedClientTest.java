package io.mailban.ssh;

/** The contract, asked through the gate. */
class GatedClientTest extends Fail2banContract {
    GatedClientTest() {
        super(Fail2banClients.Way.STANDING_ONLY, SharedSandbox::gated);
    }
}
