package io.mailban.deploy.setup;

import io.mailban.ssh.PresentedKey;

/** What a person needs to compare a host key. */
public final class HostKeyText {
    private HostKeyText() {}

    /** What shows the same fingerprint on the server itself, where sshd's keys are called as usual. */
    public static String comparison(PresentedKey key) {
        String kind = key.type().replaceFirst("^ssh-", "").replaceFirst("^ecdsa-.*", "ecdsa");
        return "ssh-keygen -lf /etc/ssh/ssh_host_" + kind + "_key.pub";
    }
}
