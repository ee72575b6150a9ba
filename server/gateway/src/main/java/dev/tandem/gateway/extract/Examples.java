package dev.tandem.gateway.extract;

import dev.tandem.gateway.answer.Places;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.structured.check.SchemaCheck;
import dev.tandem.structured.check.Violation;
import dev.tandem.structured.json.BadJson;
import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.JsonReader;
import dev.tandem.v1.ExtractRequest;
import java.util.ArrayList;
import java.util.List;

/** Whether the examples of a request are what it wants: a model would learn their faults. */
final class Examples {
    private static final JsonReader READER = new JsonReader(SchemaCheck.MAX_CHARACTERS, 200);

    private final List<ApiError.Violation> all = new ArrayList<>(0);

    private Examples() {}

    /**
     * Each is an object.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code validation_failed}
     */
    static void ofObjects(ExtractRequest request, Wanted wanted) {
        Examples examples = new Examples();
        for (int i = 0; i < request.getExamplesCount(); i++) {
            String json = request.getExamples(i).getValue();
            examples.add(path(i), wanted.violations(json));
        }
        examples.requireValid();
    }

    /**
     * Each is a list of items.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code validation_failed}
     */
    static void ofLists(ExtractRequest request, Wanted wanted) {
        Examples examples = new Examples();
        for (int i = 0; i < request.getExamplesCount(); i++) {
            examples.list(path(i), request.getExamples(i).getValue(), wanted);
        }
        examples.requireValid();
    }

    private static String path(int index) {
        return "examples[" + index + "].value";
    }

    private void list(String path, String json, Wanted wanted) {
        Json value;
        try {
            value = READER.read(json);
        } catch (BadJson e) {
            add(path, List.of(new Violation("", "json", "this is not JSON: " + e.getMessage())));
            return;
        }
        if (!(value instanceof JsonArray array)) {
            add(path, List.of(new Violation("", "type", "must be the array of the items")));
            return;
        }
        for (int i = 0; i < array.items().size(); i++) {
            String at = "/" + i;
            add(
                    path,
                    wanted.violations(array.items().get(i).text()).stream()
                            .map(each ->
                                    new Violation(
                                            at + each.pointer(), each.rule(), each.sentence()))
                            .toList());
        }
    }

    private void add(String path, List<Violation> broken) {
        for (Violation each : broken) {
            all.add(
                    ApiError.Violation.saying(
                            Places.of(path, each.pointer()), each.rule(), each.sentence()));
        }
    }

    private void requireValid() {
        if (!all.isEmpty()) {
            int told = Math.min(all.size(), SchemaCheck.MAX_VIOLATIONS);
            throw ApiError.violations(all.subList(0, told), all.size()).toException();
        }
    }
}
