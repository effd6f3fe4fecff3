package io.mailban.examination;

import io.mailban.examination.Check.Fault;
import io.mailban.examination.Check.Hint;
import io.mailban.examination.Check.NotTold;
import io.mailban.examination.Check.NotTried;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.Check.Well;
import io.mailban.examination.Flaw.KeyToRoot.By;
import io.mailban.examination.Visit.Power;
import io.mailban.examination.Visit.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges what the login could do beyond what Mailban needs. Pure. */
final class AccessJudge {
    private AccessJudge() {}

    static List<Check> judge(Way way, Visit visit) {
        List<Check> checks = new ArrayList<>();
        if (way.isGated()) {
            checks.add(
                    visit.held().isEmpty()
                            ? new Well(Subject.ACCESS, new Good.Confined(visit.refused()))
                            : new Fault(Subject.ACCESS, new Flaw.GateOpen(way.user(), visit.held(), gateUser(visit))));
        } else {
            checks.add(root(way, visit)
                    .<Check>map(by -> new Hint(Subject.ACCESS, new Flaw.KeyToRoot(way.user(), by, visit.held())))
                    .orElseGet(() -> new NotTried(Subject.ACCESS, Subject.FAIL2BAN)));
        }
        if (!visit.untold().isEmpty()) {
            checks.add(new NotTold(Subject.ACCESS, new Flaw.Untried(visit.untold())));
        }
        return checks;
    }

    private static Optional<String> gateUser(Visit visit) {
        return visit.shell() instanceof Shell.Given given ? given.gateUser() : Optional.empty();
    }

    private static Optional<By> root(Way way, Visit visit) {
        if (way.user().equals("root")) {
            return Optional.of(By.LOGIN);
        }
        if (visit.held().contains(Power.SUDO_ALL)) {
            return Optional.of(By.SUDO);
        }
        if (visit.shell() instanceof Shell.Given given && given.groups().contains("docker")) {
            return Optional.of(By.DOCKER);
        }
        return visit.fail2ban() instanceof Visit.Fail2ban.Answers ? Optional.of(By.FAIL2BAN) : Optional.empty();
    }
}
