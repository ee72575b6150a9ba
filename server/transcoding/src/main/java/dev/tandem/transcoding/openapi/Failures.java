package dev.tandem.transcoding.openapi;

import dev.tandem.options.v1.Options;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.openapi.Failure.Where;
import dev.tandem.transcoding.route.Body;
import dev.tandem.transcoding.route.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The error answers of operations, a status each. */
final class Failures {
    /** What a handshake may be answered with beside what others are. */
    private static final Set<String> OPENING =
            Set.of("invalid_header", "invalid_query", "validation_failed", "upgrade_required");

    private final List<Failure> all;

    Failures(List<Failure> all) {
        this.all = List.copyOf(all);
    }

    /** The values of {@code type}, in the order of their statuses. */
    List<String> types() {
        return all.stream().map(Failure::type).distinct().toList();
    }

    /** The answers of a method's operation. */
    Map<String, Node> of(Route route) {
        Set<Where> where = new HashSet<>(Set.of(Where.EVERYWHERE, Where.GUARDED, Where.METHODS));
        where.add(route.body() instanceof Body.None ? Where.BODILESS : Where.BODIES);
        if (route.takesForms()) {
            where.add(Where.FORMS);
        }
        if (!route.fields().isEmpty()) {
            where.add(Where.VARIABLES);
        }
        Set<String> named = new HashSet<>();
        route.methods()
                .forEach(method -> {
                    var http = method.getOptions().getExtension(Options.method);
                    named.addAll(http.getErrorsList());
                    boolean refused =
                            !http.getStreamField().isEmpty()
                                    && route.profile() == Profile.CANONICAL
                                    && !method.isServerStreaming();
                    if (refused) {
                        where.add(Where.UNSTREAMED);
                    }
                });
        Map<String, Node> answers = answers(where, named);
        named.removeIf(name -> all.stream().anyMatch(failure -> failure.name().equals(name)));
        if (!named.isEmpty() || isSilent(route)) {
            answers.put("default", answer(others(named), false));
        }
        return answers;
    }

    /** Does no method of the service name its errors, so that there may be any? */
    private static boolean isSilent(Route route) {
        return route.first().getService().getMethods().stream()
                .noneMatch(method ->
                        method.getOptions().getExtension(Options.method).getErrorsCount() > 0);
    }

    private static String others(Set<String> unknown) {
        return unknown.isEmpty()
                ? "Any other error."
                : unknown.stream()
                        .sorted()
                        .collect(Collectors.joining("`, `", "Another error: `", "`."));
    }

    /** The answers of what opens a WebSocket, but for its opening. */
    Map<String, Node> ofSocket(Route route) {
        Set<Where> where = new HashSet<>(Set.of(Where.EVERYWHERE, Where.GUARDED, Where.BODILESS));
        if (!route.fields().isEmpty()) {
            where.add(Where.VARIABLES);
        }
        return answers(where, OPENING);
    }

    /** The answers of a page. */
    Map<String, Node> of(Page page) {
        Set<Where> where = new HashSet<>(Set.of(Where.EVERYWHERE));
        if (!page.open()) {
            where.add(Where.GUARDED);
        }
        if (page.path().contains("{")) {
            where.add(Where.VARIABLES);
        }
        return answers(where, Set.of());
    }

    private Map<String, Node> answers(Set<Where> where, Set<String> named) {
        Map<Integer, List<Failure>> byStatus = new TreeMap<>();
        for (Failure failure : all) {
            if (where.contains(failure.where())
                    || (failure.where() != Where.EVERYWHERE && named.contains(failure.name()))) {
                byStatus.computeIfAbsent(failure.status(), _ -> new ArrayList<>()).add(failure);
            }
        }
        Map<String, Node> answers = new TreeMap<>();
        byStatus.forEach((status, failures) ->
                answers.put(status.toString(), answer(words(failures), isTemporary(status))));
        return answers;
    }

    private static boolean isTemporary(int status) {
        return status == 429 || status == 503;
    }

    private static String words(List<Failure> failures) {
        List<String> lines = new ArrayList<>();
        failures.forEach(each -> lines.add("- `" + each.name() + "`: " + each.when()));
        return String.join("\n", lines);
    }

    private static Node answer(String description, boolean retryAfter) {
        Node headers = new Node().put(Headers.REQUEST_ID, Headers.ref(Headers.REQUEST_ID));
        if (retryAfter) {
            headers.put(Headers.RETRY_AFTER, Headers.ref(Headers.RETRY_AFTER));
        }
        return Node.of("description", description)
                .put("headers", headers)
                .put(
                        "content",
                        new Node()
                                .put(
                                        "application/json",
                                        new Node().put("schema", Node.ref(ErrorSchema.NAME))));
    }
}
