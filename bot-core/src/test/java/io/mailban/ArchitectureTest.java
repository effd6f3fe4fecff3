package io.mailban;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mailban.approval.ApprovalStore;
import io.mailban.audit.AuditLog;
import io.mailban.chat.Chat;
import io.mailban.chat.PostedCards;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the module descriptor, which lets nothing but java.base in, cannot say. */
final class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mailban");

    private static final Set<String> CLOCKS = Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC", "system");

    @Test
    void theFeaturesAreWhereTheMapSaysTheyAre() {
        assertThat(CORE.stream().map(JavaClass::getPackageName))
                .contains(
                        "io.mailban.access",
                        "io.mailban.approval",
                        "io.mailban.audit",
                        "io.mailban.ban",
                        "io.mailban.bot",
                        "io.mailban.chat",
                        "io.mailban.diagnosis",
                        "io.mailban.fail2ban",
                        "io.mailban.known",
                        "io.mailban.maillog",
                        "io.mailban.mailserver",
                        "io.mailban.reply");
    }

    @Test
    void timeComesInAsAnInstant() {
        List<String> looks = CORE.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> CLOCKS.contains(call.getName())
                        && (call.getTargetOwner().getPackageName().equals("java.time")
                                || call.getTargetOwner().isEquivalentTo(System.class)))
                .map(JavaMethodCall::getDescription)
                .toList();
        assertThat(looks).isEmpty();
    }

    @Test
    void coreTouchesNoFileNoProcessAndNoSocket() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "java.nio.channels..")
                        .or(type(ProcessBuilder.class))
                        .or(type(Process.class))
                        .or(type(File.class))
                        .or(type(InputStream.class))
                        .or(type(OutputStream.class)))
                .check(CORE);
    }

    @Test
    void noFeatureNeedsItself() {
        slices().matching("io.mailban.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void onlyTheBotCallsPorts() {
        List<Class<?>> ports = List.of(
                MailServers.class,
                ServerLogs.class,
                ApprovalStore.class,
                AuditLog.class,
                Chat.class,
                PostedCards.class);
        for (Class<?> port : ports) {
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
                    .dependOnClassesThat(type(port))
                    .check(CORE);
        }
    }
}
