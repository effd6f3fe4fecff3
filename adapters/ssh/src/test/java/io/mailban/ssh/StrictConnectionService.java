package io.mailban.ssh;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.session.AbstractServerSession;
import org.apache.sshd.server.session.ServerConnectionService;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;

/** Ends the session, as OpenSSH does, when something comes for a channel that the client has closed already. */
final class StrictConnectionService extends ServerConnectionService {
    /** MINA numbers channels without using a number again. */
    private final Set<Long> closed = new HashSet<>();

    private StrictConnectionService(AbstractServerSession session) throws SshException {
        super(session);
    }

    /** Makes one for each session. */
    static final class Factory extends ServerConnectionServiceFactory {
        @Override
        public Service create(Session session) throws IOException {
            return new StrictConnectionService((AbstractServerSession) session);
        }
    }

    @Override
    public void process(int packet, Buffer buffer) throws Exception {
        if (packet >= SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST && packet <= SshConstants.SSH_MSG_CHANNEL_FAILURE) {
            long channel = buffer.rawUInt(buffer.rpos());
            if (closed.contains(channel)) {
                getSession()
                        .disconnect(
                                SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR,
                                SshConstants.getCommandMessageName(packet) + " referred to nonexistent channel "
                                        + channel);
                return;
            }
            if (packet == SshConstants.SSH_MSG_CHANNEL_CLOSE) {
                closed.add(channel);
            }
        }
        super.process(packet, buffer);
    }
}
