package io.mailban.deploy.shell;

import static io.mailban.deploy.shell.DeskOfFakes.ALICE;
import static io.mailban.deploy.shell.DeskOfFakes.CAROL;
import static io.mailban.deploy.shell.DeskOfFakes.MALLORY;
import static io.mailban.deploy.shell.DeskOfFakes.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailban.deploy.shell.Errand.Consent;
import io.mailban.deploy.shell.Errand.Format;
import io.mailban.deploy.shell.Errand.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrandsTest {
    private final DeskOfFakes fakes = new DeskOfFakes();
    private final Desk desk = fakes.open();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check 203.0.113.7         | KEPT_OUT
            check 203.0.113.8         | FINE
            check 203.0.113.8 mail1   | FINE
            check 203.0.113.256       | MISUSE
            check 10.0.0.1            | NOT_TOLD
            chekc 203.0.113.7         | MISUSE
            check 203.0.113.7 mail9   | MISUSE
            bans                      | FINE
            bans mail1 postfix-sasl   | FINE
            servers                   | FINE
            servers now               | MISUSE
            requests                  | FINE
            audit                     | FINE
            audit 0                   | MISUSE
            history 203.0.113.7       | FINE
            history bob@example.org   | FINE
            history 203.0.113.7 mail1 | FINE
            history                   | MISUSE
            audit all                 | FINE
            audit verify              | FINE
            audit verify 0            | MISUSE
            forget bob@example.org    | MISUSE
            forget 203.0.113.7        | MISUSE
            forget                    | MISUSE
            unban 203.0.113.8 why not | FINE
            unban 203.0.113.7         | MISUSE
            unban 203.0.113.7 reason  | KEPT_OUT
            approve nonsense          | MISUSE
            approve aaaaaaa9          | MISUSE
            deny aaaaaaa9 no          | MISUSE
            withdraw aaaaaaa9         | MISUSE
            withdraw                  | MISUSE
            emergency 203.0.113.7     | MISUSE
            emergency                 | MISUSE
            emergency 203.0.113.7 now | FINE
            exempt 203.0.113.9 2d     | MISUSE
            exempt 203.0.113.9 2d x   | KEPT_OUT
            exempt 203.0.113.9 31d x  | MISUSE
            exempt 203.0.113.0/24 2d x | MISUSE
            exempt 203.0.113.9 soon x | MISUSE
            exempt end 203.0.113.9    | MISUSE
            exemptions                | FINE
            mute                      | FINE
            mute postfix-sasl 2h      | FINE
            mute mail1 30d            | FINE
            mute mail1 31d            | MISUSE
            mute mail1 59s            | MISUSE
            mute mail9 2h             | MISUSE
            mute end mail1            | MISUSE
            read-only                 | FINE
            read-only on              | FINE
            read-only off             | FINE
            read-only maybe           | MISUSE
            help                      | FINE
            """)
    void everyCommandHasItsExitStatus(String line, Exit exit) throws InterruptedException {
        RecordedCaller caller = new RecordedCaller(ROOT);
        assertThat(run(line, caller)).isEqualTo(exit);
        RecordedCaller json = new RecordedCaller(CAROL);
        assertThat(Errands.run(json(line), new DeskOfFakes().open(), json)).isEqualTo(exit);
        if (!json.out.isEmpty() && !line.equals("help")) {
            assertThat(json.out.toString().lines()).hasSize(1);
            assertThat(parsed(json).isObject()).isTrue();
        }
    }

    @Test
    void aServerThatIsDownIsNotTold() throws InterruptedException {
        fakes.servers.goDown("mail2");
        assertThat(run("check 203.0.113.8", new RecordedCaller(ROOT))).isEqualTo(Exit.NOT_TOLD);
        assertThat(run("check 203.0.113.7", new RecordedCaller(ROOT))).isEqualTo(Exit.KEPT_OUT);
        assertThat(run("bans", new RecordedCaller(ROOT))).isEqualTo(Exit.NOT_TOLD);
        assertThat(run("servers", new RecordedCaller(ROOT))).isEqualTo(Exit.NOT_TOLD);
        RecordedCaller history = new RecordedCaller(ROOT);
        assertThat(run("history 203.0.113.8", history)).isEqualTo(Exit.NOT_TOLD);
        assertThat(history.out.toString())
                .contains("⚠️ nothing is known to have happened to 203.0.113.8")
                .contains("mail log /var/log/mail.log looked through since")
                .contains("mail2", "can't be asked");
    }

    @Test
    void aCheckIsOneJsonObject() throws Exception {
        fakes.servers.goDown("mail2");
        RecordedCaller caller = new RecordedCaller(ROOT);
        assertThat(Errands.run(json("check 203.0.113.7"), desk, caller)).isEqualTo(Exit.KEPT_OUT);
        JsonNode answer = parsed(caller);
        assertThat(answer.get("query").asText()).isEqualTo("203.0.113.7");
        assertThat(answer.get("asked_at").asText()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(answer.get("worst").asText()).isEqualTo("banned");
        JsonNode first = answer.get("servers").get(0);
        assertThat(first.get("server").asText()).isEqualTo("mail1");
        assertThat(first.get("outcome").asText()).isEqualTo("answered");
        JsonNode finding = first.get("findings").get(0);
        assertThat(finding.get("kind").asText()).isEqualTo("banned");
        assertThat(finding.get("jail").asText()).isEqualTo("postfix-sasl");
        assertThat(finding.get("since").asText()).isEqualTo("2026-11-22T11:50:00Z");
        assertThat(finding.get("until").asText()).isEqualTo("2026-11-22T12:50:00Z");
        assertThat(finding.get("blocks").toString()).isEqualTo("[25,143,993]");
        JsonNode second = answer.get("servers").get(1);
        assertThat(second.get("outcome").asText()).isEqualTo("unreachable");
        assertThat(second.get("findings").get(0).get("why").asText()).isEqualTo("port_closed");
    }

    @Test
    void aRequestWaitsForSomebodyElse() throws InterruptedException {
        RecordedCaller alice = new RecordedCaller(ALICE);
        assertThat(run("unban 203.0.113.7 new password", alice)).isEqualTo(Exit.KEPT_OUT);
        assertThat(alice.out)
                .contains("🟡 @alice asks to lift the ban on 203.0.113.7")
                .contains("“new password”");
        assertThat(alice.err).hasToString("It waits for an approver: mailban approve aaaaaaa1\n");
        assertThat(fakes.servers.lifted()).isEmpty();
        RecordedCaller carol = new RecordedCaller(CAROL);
        assertThat(run("approve aaaaaaa1", carol)).isEqualTo(Exit.FINE);
        assertThat(carol.out).contains("lifted").contains("checked");
        assertThat(fakes.servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7");
        RecordedCaller late = new RecordedCaller(ROOT);
        assertThat(run("approve aaaaaaa1", late)).as("it is lifted").isEqualTo(Exit.FINE);
        assertThat(late.out).contains("too late, it is decided");
    }

    @Test
    void whoMayApproveIsAskedAtOnce() throws InterruptedException {
        RecordedCaller root = new RecordedCaller(ROOT, "new password", "y");
        assertThat(run("unban 203.0.113.7", root)).isEqualTo(Exit.FINE);
        assertThat(root.err).hasToString("Why should it be lifted? Lift it now? [y/N] ");
        assertThat(root.out).contains("self-approved");
        assertThat(fakes.servers.lifted()).hasSize(1);
    }

    @Test
    void anythingButYesLeavesTheRequestWaiting() throws InterruptedException {
        RecordedCaller root = new RecordedCaller(ROOT, "");
        assertThat(run("unban 203.0.113.7 reason", root)).isEqualTo(Exit.KEPT_OUT);
        assertThat(fakes.servers.lifted()).isEmpty();
        RecordedCaller again = new RecordedCaller(ROOT, "no");
        assertThat(run("unban 203.0.113.7 reason", again)).isEqualTo(Exit.KEPT_OUT);
        assertThat(again.out).contains("you have asked for this already");
        RecordedCaller carol = new RecordedCaller(CAROL);
        assertThat(run("deny aaaaaaa1 which laptop?", carol)).isEqualTo(Exit.FINE);
        assertThat(carol.out).contains("denied");
    }

    @Test
    void yesIsSaidBeforehandWithAnOption() throws Exception {
        RecordedCaller root = new RecordedCaller(ROOT);
        Errand errand = new Errand("unban 203.0.113.7 reason", Format.JSON, Consent.GIVEN, Patience.UNTIL_LIFTED);
        assertThat(Errands.run(errand, desk, root)).isEqualTo(Exit.FINE);
        JsonNode answer = parsed(root);
        assertThat(answer.get("outcome").asText()).isEqualTo("lifted");
        assertThat(answer.get("self_approved").asBoolean()).isTrue();
        assertThat(answer.get("steps").get(0).get("commands").get(0).asText())
                .isEqualTo("fail2ban-client set postfix-sasl unbanip 203.0.113.7");
    }

    @Test
    void waitingShowsWhatBecameOfTheClient() throws InterruptedException {
        RecordedCaller root = new RecordedCaller(ROOT);
        Errand errand = new Errand("unban 203.0.113.7 reason", Format.TEXT, Consent.GIVEN, Patience.UNTIL_SEEN);
        assertThat(Errands.run(errand, desk, root)).isEqualTo(Exit.FINE);
        assertThat(root.out).contains("not come back by");
    }

    @Test
    void whoMayNotIsToldWhichRoleItTakes() throws InterruptedException {
        for (String line : new String[] {
            "check 203.0.113.7", "bans", "servers", "requests", "audit", "unban 203.0.113.7 x", "approve aaaaaaa1"
        }) {
            fakesRequest();
            RecordedCaller mallory = new RecordedCaller(MALLORY);
            assertThat(run(line, mallory)).as(line).isNotEqualTo(Exit.FINE);
            assertThat(mallory.out).as(line).contains("that takes the role");
        }
        assertThat(fakes.servers.lifted()).isEmpty();
    }

    @Test
    void aMailboxIsLookedUpByHelpersAlone() throws InterruptedException {
        RecordedCaller alice = new RecordedCaller(ALICE);
        assertThat(run("check bob@example.org", alice)).isEqualTo(Exit.NOT_TOLD);
        assertThat(alice.out).contains("that takes the role helper");
        assertThat(fakes.audit.newest(5)).isEmpty();
        assertThat(run("check bob@example.org", new RecordedCaller(CAROL))).isEqualTo(Exit.FINE);
        assertThat(fakes.audit.newest(5)).hasSize(1);
    }

    @Test
    void aMailboxIsForgottenByApproversWhoConfirmItAndNotNamedInTheAuditLog() throws InterruptedException {
        RecordedCaller alice = new RecordedCaller(ALICE, "y");
        assertThat(run("forget bob@example.org", alice)).isNotEqualTo(Exit.FINE);
        assertThat(alice.out.toString()).contains("that takes the role approver");
        RecordedCaller unsure = new RecordedCaller(CAROL, "n");
        assertThat(run("forget bob@example.org", unsure)).isEqualTo(Exit.MISUSE);
        assertThat(unsure.err.toString()).contains("Erase bob@example.org").contains("nothing was erased");
        assertThat(fakes.eraser.asked()).isEmpty();

        RecordedCaller sure = new RecordedCaller(CAROL, "yes");
        assertThat(run("forget bob@example.org", sure)).isEqualTo(Exit.FINE);
        assertThat(sure.out.toString()).contains("bob@example.org stood nowhere in the store");
        assertThat(fakes.eraser.asked()).containsExactly("bob@example.org");
        assertThat(fakes.audit.newest(1).getFirst().toString())
                .contains("FORGOTTEN", "carol", "a mailbox: 0 values of the audit log")
                .doesNotContain("bob");
    }

    @Test
    void aBanMadeByHandTakesTwoAndSaysSo() throws Exception {
        fakes.servers.banByHand("mail2", "dovecot", "198.51.100.9", DeskOfFakes.NOON.minusSeconds(60));
        RecordedCaller carol = new RecordedCaller(CAROL);
        assertThat(run("unban 198.51.100.9 my own typo", carol)).isEqualTo(Exit.KEPT_OUT);
        assertThat(carol.out)
                .contains("1 of 2 approvals, 1 more is needed")
                .contains("1 of 2: @carol; 1 more is needed, since it is a ban that was made by hand");
        assertThat(carol.err)
                .as("her request was her yes: nothing is asked")
                .hasToString("It has 1 of 2 approvals and waits for another approver: mailban approve aaaaaaa1\n");
        RecordedCaller twice = new RecordedCaller(CAROL);
        assertThat(Errands.run(json("approve aaaaaaa1"), desk, twice)).isEqualTo(Exit.KEPT_OUT);
        assertThat(parsed(twice).get("not_counted").asText()).isEqualTo("counted_before");
        RecordedCaller root = new RecordedCaller(ROOT);
        assertThat(Errands.run(json("approve aaaaaaa1"), desk, root)).isEqualTo(Exit.FINE);
        JsonNode answer = parsed(root);
        assertThat(answer.get("outcome").asText()).isEqualTo("lifted");
        assertThat(answer.get("tier").asText()).isEqualTo("wide");
        assertThat(answer.get("approvals_needed").asInt()).isEqualTo(2);
        assertThat(answer.get("approvals").findValuesAsText("by")).containsExactly("terminal:carol", "terminal:root");
        assertThat(fakes.servers.lifted()).containsExactly("mail2 dovecot 198.51.100.9");
    }

    @Test
    void anEmergencyIsLiftedAtOnceAndMarkedEverywhere() throws Exception {
        assertThat(run("emergency 203.0.113.7 nobody is here", new RecordedCaller(ALICE)))
                .as("alice is no approver")
                .isEqualTo(Exit.NOT_TOLD);
        assertThat(fakes.servers.lifted()).isEmpty();
        RecordedCaller carol = new RecordedCaller(CAROL);
        assertThat(Errands.run(json("emergency 203.0.113.7 nobody is here"), desk, carol))
                .isEqualTo(Exit.FINE);
        JsonNode answer = parsed(carol);
        assertThat(answer.get("outcome").asText()).isEqualTo("lifted");
        assertThat(answer.get("emergency").asBoolean()).isTrue();
        assertThat(answer.get("reason").asText()).isEqualTo("nobody is here");
        assertThat(fakes.audit.newest(20))
                .anySatisfy(entry ->
                        assertThat(entry.act() + ": " + entry.reason()).isEqualTo("EMERGENCY: nobody is here"));
        RecordedCaller root = new RecordedCaller(ROOT);
        var _ = run("approve aaaaaaa1", root);
        assertThat(root.out.toString().replaceAll("\\s+", " "))
                .contains("too late, it is decided")
                .contains("@carol")
                .contains("(without approval)");
    }

    @Test
    void onlyTheRequesterTakesARequestBack() throws Exception {
        fakesRequest();
        RecordedCaller carol = new RecordedCaller(CAROL);
        assertThat(run("withdraw aaaaaaa1", carol)).isEqualTo(Exit.KEPT_OUT);
        assertThat(carol.out).contains("is @alice's, who alone can withdraw it");
        RecordedCaller alice = new RecordedCaller(ALICE);
        assertThat(Errands.run(json("withdraw aaaaaaa1"), desk, alice)).isEqualTo(Exit.FINE);
        assertThat(parsed(alice).get("outcome").asText()).isEqualTo("withdrawn");
        RecordedCaller late = new RecordedCaller(CAROL);
        assertThat(run("approve aaaaaaa1", late)).isEqualTo(Exit.KEPT_OUT);
        assertThat(late.out).contains("too late, it is decided: the request for 203.0.113.7 was withdrawn by @alice");
        assertThat(fakes.servers.lifted()).isEmpty();
    }

    @Test
    void aServerThatIsDownIsTriedAgain() throws Exception {
        fakes.servers.ban("mail2", "dovecot", "203.0.113.7", DeskOfFakes.NOON.minusSeconds(60));
        fakesRequest();
        fakes.servers.goDown("mail2");
        RecordedCaller carol = new RecordedCaller(CAROL);
        assertThat(Errands.run(json("approve aaaaaaa1"), desk, carol)).isEqualTo(Exit.NOT_TOLD);
        JsonNode answer = parsed(carol);
        assertThat(answer.get("outcome").asText()).isEqualTo("retrying");
        assertThat(answer.get("retry_at").asText()).isEqualTo("2026-11-22T12:00:05Z");
        assertThat(answer.get("results").findValuesAsText("outcome")).containsExactly("lifted", "not_told");
    }

    private void fakesRequest() throws InterruptedException {
        assertThat(run("unban 203.0.113.7 reason", new RecordedCaller(ALICE))).isEqualTo(Exit.KEPT_OUT);
    }

    private Exit run(String line, RecordedCaller caller) throws InterruptedException {
        return Errands.run(new Errand(line, Format.TEXT, Consent.ASK, Patience.UNTIL_LIFTED), desk, caller);
    }

    private static Errand json(String line) {
        return new Errand(line, Format.JSON, Consent.ASK, Patience.UNTIL_LIFTED);
    }

    private static JsonNode parsed(RecordedCaller caller) {
        try {
            return new ObjectMapper().readTree(caller.out.toString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(caller.out.toString(), e);
        }
    }
}
