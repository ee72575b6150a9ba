package dev.tandem.clients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of all rows, as docs/conformance.md has it. For one thread. */
final class Table {
    private static final String NOT_SPOKEN = "–";

    private final List<Language> languages;
    private final Map<Case, Map<Wire, List<String>>> rows = new LinkedHashMap<>();
    private int calls;

    Table(List<Language> languages) {
        this.languages = languages;
    }

    /** The row's result was right. */
    void right(Case each, Wire wire, Language language) {
        calls++;
        cell(each, wire).add(language.letter());
    }

    /** The runner does not speak the wire. */
    void notSpoken(Case each, Wire wire) {
        cell(each, wire).add(NOT_SPOKEN);
    }

    private List<String> cell(Case each, Wire wire) {
        return rows.computeIfAbsent(each, key -> new LinkedHashMap<>())
                .computeIfAbsent(wire, key -> new ArrayList<>());
    }

    /** The page. */
    String page() {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                # Conformance of the clients

                %d cases, %d calls: the clients of %d languages give the same result for the same call over every wire that they speak. A cell lists the
                clients whose result was the expected one: %s. `%s` stands for a client that does not speak the wire; an empty cell for a wire that the call does not have.

                This page is made by the tests, which fail where a result is another. The cases, and how they are compared: [clients/conformance](../clients/conformance/README.md).
                """
                        .formatted(rows.size(), calls, languages.size(), legend(), NOT_SPOKEN));
        Map<String, List<Case>> files =
                rows.keySet().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Case::file, LinkedHashMap::new, Collectors.toList()));
        files.forEach((file, cases) -> page.append(section(file, cases)));
        return page.toString();
    }

    private String legend() {
        return languages.stream()
                .map(language -> language.letter() + " " + language.name())
                .collect(Collectors.joining(", "));
    }

    private String section(String file, List<Case> cases) {
        String lines = cases.stream().map(this::line).collect(Collectors.joining());
        return "\n## "
                + file
                + "\n\n"
                + row("case", Wire::title)
                + row("---", wire -> "---")
                + lines;
    }

    private String line(Case each) {
        Map<Wire, List<String>> cells = Optional.ofNullable(rows.get(each)).orElseThrow();
        return row(each.name(), wire -> String.join(" ", cells.getOrDefault(wire, List.of())));
    }

    private static String row(String first, Function<Wire, String> cell) {
        return Stream.concat(Stream.of(first), Stream.of(Wire.values()).map(cell))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
