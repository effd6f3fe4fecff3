package io.mailban.bot;

import io.mailban.diagnosis.Diagnoser;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;

/** Whom questions are put to, and who explains the answers. */
record Sources(
        MailServers servers, ServerLogs logs, BanRecords records, Diagnoser diagnoser, Recollection recollection) {

    /** In place of what could not matter. */
    static final Evidencing NOT_ASKED = new Evidencing.NotReadable("it was not asked for");

    /** Likewise. */
    static final FirewallSearch NOT_SEARCHED = new FirewallSearch.NotReadable("it was not asked for");
}
