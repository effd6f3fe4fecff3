package io.mailban.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.DeclaredType;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the compiler and the formatter let through, and this house does not. */
final class HouseRulesTest {
    private static final Path HOUSE = Path.of("..");
    private static final Pattern NAME_OF_NOTHING = Pattern.compile(".*(Utils?|Helper|Manager|Impl)\\.java");

    @Test
    void noFileIsOver400Lines() throws Exception {
        List<String> tooLong = new ArrayList<>();
        for (Path source : sources("src")) {
            long lines = Files.readAllLines(source).size();
            if (lines > 400) {
                tooLong.add(source + " has " + lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void everyNameSaysWhatTheThingIs() throws Exception {
        assertThat(sources("src").stream()
                        .map(Path::toString)
                        .filter(source -> NAME_OF_NOTHING.matcher(source).matches()))
                .isEmpty();
    }

    @Test
    void onlyTheFirstPomGivesVersions() throws Exception {
        List<String> given = new ArrayList<>();
        for (Path module : modules()) {
            for (Element version : elements(module.resolve("pom.xml"), "version")) {
                if (!version.getParentNode().getNodeName().equals("parent")) {
                    given.add(module + ": "
                            + version.getParentNode().getTextContent().strip().replaceAll("\\s+", ":"));
                }
            }
        }
        assertThat(given).isEmpty();
    }

    /** With a default, a case added later would compile without anybody having thought of it. */
    @Test
    void noSwitchOverASealedTypeHasADefault() throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var sources = sources("src/main").stream()
                    .filter(source -> !source.endsWith("module-info.java"))
                    .toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            var switches = new Switches(Trees.instance(task));
            Iterable<? extends CompilationUnitTree> units = task.parse();
            task.analyze();
            switches.scan(units, null);
            assertThat(switches.sealed).isPositive();
            assertThat(switches.withDefault).isEmpty();
        }
    }

    private static List<Path> sources(String under) throws Exception {
        List<Path> sources = new ArrayList<>();
        for (Path module : modules()) {
            if (Files.isDirectory(module.resolve(under))) {
                try (Stream<Path> paths = Files.walk(module.resolve(under))) {
                    sources.addAll(paths.filter(path -> path.toString().endsWith(".java"))
                            .toList());
                }
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        return sources;
    }

    private static List<Path> modules() throws Exception {
        List<Path> modules = elements(HOUSE.resolve("pom.xml"), "module").stream()
                .map(module -> HOUSE.resolve(module.getTextContent()))
                .toList();
        assertThat(modules).hasSizeGreaterThan(5);
        return modules;
    }

    private static List<Element> elements(Path xml, String tag) throws Exception {
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(xml.toFile())
                .getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static final class Switches extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final List<String> withDefault = new ArrayList<>();
        private int sealed;

        Switches(Trees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Void unused) {
            look(tree, tree.getExpression(), tree.getCases());
            return super.visitSwitch(tree, null);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
            look(tree, tree.getExpression(), tree.getCases());
            return super.visitSwitchExpression(tree, null);
        }

        private void look(Tree tree, ExpressionTree selector, List<? extends CaseTree> cases) {
            if (trees.getTypeMirror(new TreePath(getCurrentPath(), selector)) instanceof DeclaredType type
                    && type.asElement().getModifiers().contains(Modifier.SEALED)) {
                sealed++;
                if (cases.stream()
                        .flatMap(one -> one.getLabels().stream())
                        .anyMatch(DefaultCaseLabelTree.class::isInstance)) {
                    var unit = getCurrentPath().getCompilationUnit();
                    long at = trees.getSourcePositions().getStartPosition(unit, tree);
                    withDefault.add(unit.getSourceFile().getName() + ":"
                            + unit.getLineMap().getLineNumber(at));
                }
            }
        }
    }
}
