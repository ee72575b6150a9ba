package dev.tandem.transcoding.openapi;

import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.List;

/**
 * Something that is served and is no method: a probe, a page, a document.
 *
 * @param verb the HTTP method, upper case
 * @param path an OpenAPI path
 * @param operationId a name that is unique in the document
 * @param summary a sentence
 * @param description Markdown; may be empty
 * @param parameters as OpenAPI writes them
 * @param answers what it answers with, beside errors
 * @param open is it for any host and origin, and without credential?
 * @param scopes what callers must be allowed, in order
 */
public record Page(
        String verb,
        String path,
        String operationId,
        String summary,
        String description,
        List<JsonObject> parameters,
        List<Answer> answers,
        boolean open,
        List<String> scopes) {
    public Page {
        parameters = List.copyOf(parameters);
        answers = List.copyOf(answers);
        scopes = List.copyOf(scopes);
    }

    /** A page that takes no parameters and is guarded. */
    public static Page get(String path, String operationId, String summary, Answer... answers) {
        return new Page(
                "GET",
                path,
                operationId,
                summary,
                "",
                List.of(),
                List.of(answers),
                false,
                List.of());
    }

    /** The same, for callers with these scopes. */
    public Page scoped(Collection<String> needed) {
        return new Page(
                verb,
                path,
                operationId,
                summary,
                description,
                parameters,
                answers,
                open,
                List.copyOf(needed));
    }

    /** The same, for any host and origin. */
    public Page opened() {
        return new Page(
                verb, path, operationId, summary, description, parameters, answers, true, scopes);
    }

    /**
     * An answer of a page.
     *
     * @param status the HTTP status
     * @param description a sentence
     * @param mediaTypes none where it has no body
     * @param schema what the body looks like; an empty object says nothing
     */
    public record Answer(
            int status, String description, List<String> mediaTypes, JsonObject schema) {
        public Answer {
            mediaTypes = List.copyOf(mediaTypes);
        }
    }
}
