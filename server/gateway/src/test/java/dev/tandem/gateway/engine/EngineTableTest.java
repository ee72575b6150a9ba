package dev.tandem.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tandem.gateway.TestSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docs/engines.md says that engines can do is shown by the tests that it links. */
class EngineTableTest {
    private static final Path PAGE = TestSources.ROOT.resolve("docs/engines.md");
    private static final String NOTHING = "–";
    private static final Pattern CELL =
            Pattern.compile("\\[(?:yes|refused)]\\[\\w+](?: \\[(?:yes|refused)]\\[\\w+])*");
    private static final Pattern REFERENCE = Pattern.compile("\\[[^\\]\\[]+]\\[(\\w+)]");
    private static final Pattern LINK = Pattern.compile("^\\[(\\w+)]: (\\S+\\.java) \"(\\w+)\"$");

    private static String page = "";
    private static List<List<String>> rows = List.of();
    private static final Map<String, MatchResult> LINKS = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(PAGE);
        rows =
                page.split("\n## What each can do\n", 2)[1]
                        .split("\n## ", 2)[0]
                        .lines()
                        .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                        .map(EngineTableTest::cells)
                        .toList();
        for (String line : page.lines().toList()) {
            Matcher link = LINK.matcher(line);
            if (link.matches() && LINKS.put(link.group(1), link.toMatchResult()) != null) {
                fail("[%s] is defined twice", link.group(1));
            }
        }
    }

    private static List<String> cells(String row) {
        String[] parts = row.split("\\|", -1);
        return Arrays.stream(parts, 1, parts.length - 1).map(String::strip).toList();
    }

    /** A row that names the engines; each table has one. */
    private static boolean isHead(List<String> row) {
        return row.getFirst().isEmpty();
    }

    @Test
    void eachEngineHasAColumnInEachTable() {
        List<List<String>> heads = rows.stream().filter(EngineTableTest::isHead).toList();
        assertThat(heads).isNotEmpty().allMatch(heads.getFirst()::equals);
        List<String> columns =
                heads.getFirst().stream().map(name -> name.replace("`", "")).toList();
        assertThat(columns)
                .doesNotHaveDuplicates()
                .containsAll(Kinds.ALL.stream().map(Kind::name).toList())
                .contains("onnx");
    }

    @Test
    void eachCellLinksWhatShowsIt() {
        assertThat(rows).hasSizeGreaterThan(30);
        List<String> without = new ArrayList<>();
        for (List<String> row : rows.stream().filter(row -> !isHead(row)).toList()) {
            assertThat(row).as(row.getFirst()).hasSameSizeAs(rows.getFirst());
            for (int i = 1; i < row.size(); i++) {
                if (!row.get(i).equals(NOTHING) && !CELL.matcher(row.get(i)).matches()) {
                    without.add(row.getFirst() + ", " + rows.getFirst().get(i));
                }
            }
        }
        assertThat(without).as("cells without a test").isEmpty();
    }

    @Test
    void eachLinkIsATestThatIsThere() {
        assertThat(LINKS).hasSizeGreaterThan(50);
        LINKS.forEach((name, link) -> {
            Path file = PAGE.resolveSibling(link.group(2));
            assertThat(file).as(name).isRegularFile();
            assertThat(TestSources.has(file, link.group(3))).as(link.group()).isTrue();
        });
    }

    @Test
    void whatIsLinkedIsDefinedAndWhatIsDefinedIsLinked() {
        Set<String> used = new HashSet<>();
        REFERENCE.matcher(page).results().forEach(each -> used.add(each.group(1)));
        assertThat(used).isEqualTo(LINKS.keySet());
    }
}
