package io.mailban.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Adapters never see each other: only the program that wires them sees more than one. */
final class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mailban");

    private static final List<String> ROOMS = List.of("config", "ssh", "store", "terminal", "deploy");

    @Test
    void everyRoomIsThere() {
        for (String room : ROOMS) {
            assertThat(HOUSE.stream().map(JavaClass::getPackageName)).contains("io.mailban." + room);
        }
    }

    @Test
    void noAdapterSeesAnother() {
        for (String room : List.of("config", "ssh", "store", "terminal")) {
            String[] others = ROOMS.stream()
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
}
