package io.mailban.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mailban.ban.Ban;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Adapters never see each other: only the program that wires them sees more than one. */
final class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.mailban");

    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Ban.class.getProtectionDomain().getCodeSource().getLocation());

    private static final List<String> ADAPTERS = List.of("config", "sandbox", "slack", "ssh", "store", "terminal");

    @Test
    void everyRoomIsThereAndNoOther() {
        Set<String> rooms = rooms(HOUSE);
        rooms.removeAll(rooms(CORE));
        assertThat(rooms).containsAll(ADAPTERS).contains("deploy").hasSize(ADAPTERS.size() + 1);
    }

    @Test
    void noAdapterSeesAnother() {
        for (String room : ADAPTERS) {
            String[] others = Stream.concat(ADAPTERS.stream(), Stream.of("deploy"))
                    .filter(other -> !other.equals(room))
                    .map(other -> "io.mailban." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.mailban." + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(HOUSE);
        }
    }

    private static Set<String> rooms(JavaClasses classes) {
        return classes.stream()
                .map(type -> type.getPackageName().split("\\.", -1)[2])
                .collect(toCollection(TreeSet::new));
    }
}
