package io.mailban;

import static com.tngtech.archunit.base.DescribedPredicate.equalTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mailban.access.Groups;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the module descriptor, which lets nothing but java.base in, cannot say. */
final class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mailban");

    private static final Set<String> CLOCKS = Set.of(
            "now",
            "currentTimeMillis",
            "nanoTime",
            "system",
            "systemUTC",
            "systemDefaultZone",
            "tickMillis",
            "tickSeconds",
            "tickMinutes");

    @Test
    void theFeaturesAreWhereTheMapSaysTheyAre() {
        assertThat(CORE.stream().map(JavaClass::getPackageName))
                .containsOnly(
                        "io.mailban.access",
                        "io.mailban.alert",
                        "io.mailban.approval",
                        "io.mailban.audit",
                        "io.mailban.ban",
                        "io.mailban.bot",
                        "io.mailban.chat",
                        "io.mailban.diagnosis",
                        "io.mailban.examination",
                        "io.mailban.exemption",
                        "io.mailban.fail2ban",
                        "io.mailban.history",
                        "io.mailban.known",
                        "io.mailban.logtime",
                        "io.mailban.maillog",
                        "io.mailban.mailserver",
                        "io.mailban.privacy",
                        "io.mailban.reply",
                        "io.mailban.report",
                        "io.mailban.restraint");
    }

    @Test
    void timeComesInAsAnInstant() {
        List<String> looks = CORE.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> CLOCKS.contains(access.getName())
                        && (access.getTargetOwner().getPackageName().equals("java.time")
                                || access.getTargetOwner().isEquivalentTo(System.class)))
                .map(JavaAccess::getDescription)
                .toList();
        assertThat(looks).isEmpty();
    }

    @Test
    void coreTouchesNoFileNoProcessAndNoSocket() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.io..", "java.net..", "java.nio.channels..", "java.nio.file..")
                                .or(type(Process.class))
                                .or(type(ProcessBuilder.class))
                                .or(type(ProcessHandle.class))
                                .or(type(Runtime.class)))
                .check(CORE);
    }

    @Test
    void noFeatureNeedsItself() {
        slices().matching("io.mailban.(*)..").should().beFreeOfCycles().check(CORE);
    }

    /**
     * A port is an interface that anybody may implement; all others are sealed. Who is in a group is asked by the policy
     * itself, at each verdict, and answered from memory.
     */
    @Test
    void onlyTheBotCallsPorts() {
        List<JavaClass> ports = CORE.stream()
                .filter(type -> type.isInterface() && type.isTopLevelClass())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getPackageName().equals("io.mailban.bot"))
                .filter(type -> !type.reflect().isSealed())
                .filter(type -> !type.isEquivalentTo(Groups.class))
                .toList();
        assertThat(ports).extracting(JavaClass::getSimpleName).contains("MailServers", "Chat");
        for (JavaClass port : ports) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.mailban.bot")
                    .and(new DescribedPredicate<>("are not the port itself") {
                        @Override
                        public boolean test(JavaClass type) {
                            return !type.getName().startsWith(port.getName());
                        }
                    })
                    .should()
                    .dependOnClassesThat(equalTo(port))
                    .check(CORE);
        }
    }
}
