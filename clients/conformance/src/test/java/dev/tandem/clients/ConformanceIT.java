package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.ServedGateway;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Every case by every client over every wire. */
@ExtendWith(OneServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConformanceIT {
    private static final Path PAGE = Path.of("..", "..", "docs", "conformance.md");

    private final Map<String, Runner> runners = new LinkedHashMap<>();
    private final Map<Language, Command> languages = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final Table table = new Table(Language.all());
    private final ServedGateway open;
    private final ServedGateway keys;

    ConformanceIT(ServedGateway open, @TempDir Path folder) throws IOException {
        this.open = open;
        keys = ServedGateway.start(Map.of("TANDEM_KEYS_FILE", Keys.file(folder).toString()));
    }

    @BeforeAll
    void startRunners() throws IOException {
        for (Language language : Language.all()) {
            try {
                languages.put(language, language.start().command());
            } catch (TestAbortedException e) {
                missing.add(language.name() + ": " + e.getMessage());
            }
        }
    }

    @AfterAll
    void endRunners() {
        runners.values().forEach(Runner::close);
        keys.close();
    }

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return Stream.concat(
                Cases.all().stream()
                        .map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each))),
                Stream.of(DynamicTest.dynamicTest("docs/conformance.md", this::page)));
    }

    private void check(Case each) throws IOException {
        Comparison comparison = new Comparison(each.expected());
        List<String> problems = new ArrayList<>();
        for (Language language : languages.keySet()) {
            for (Wire wire : each.wires()) {
                String row = language.name() + " over " + wire.title();
                Runner runner = runner(language, each);
                JsonObject result = runner.run(each.line(runner.nextId(), wire, Keys::put));
                if (result.containsKey("skipped")) {
                    table.notSpoken(each, wire);
                    continue;
                }
                List<String> found = comparison.problems(row, result);
                found.forEach(problem -> problems.add(row + " " + problem));
                if (found.isEmpty()) {
                    table.right(each, wire, language);
                }
            }
        }
        assertThat(problems).as("%s: %s", each, each.json()).isEmpty();
    }

    private Runner runner(Language language, Case each) throws IOException {
        boolean keyed = each.needsKeys();
        String name = String.join("-", language.name(), keyed ? "keys" : "open", each.key());
        Runner runner = runners.get(name);
        if (runner == null) {
            Command command =
                    Optional.ofNullable(languages.get(language))
                            .orElseThrow()
                            .with("TANDEM_ADDRESS", (keyed ? keys : open).address());
            runner =
                    new Runner(
                            name,
                            each.key().isEmpty()
                                    ? command
                                    : command.with("TANDEM_API_KEY", Keys.named(each.key())));
            runners.put(name, runner);
        }
        return runner;
    }

    private void page() throws IOException {
        if (!missing.isEmpty()) {
            abort("The table is not compared: " + missing);
        }
        String page = table.page();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page)
                .as(
                        "docs/conformance.md; where the change is wanted, run this test with -Dgolden.update=true")
                .isEqualTo(Files.readString(PAGE));
    }
}
