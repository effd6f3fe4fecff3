package io.mailban.mailserver;

import io.mailban.ban.Ban;
import java.util.List;

/** What came of asking fail2ban which bans stand. */
public sealed interface BanListing permits BanListing.Standing, Fail2banSilent, Unreachable {

    /** fail2ban answered: these stand, by jail and id; none where the list is empty. */
    record Standing(List<Ban> bans) implements BanListing {
        /** Copies the list. */
        public Standing {
            bans = List.copyOf(bans);
        }
    }
}
