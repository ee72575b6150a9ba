package dev.tandem.transcoding.openapi;

import java.util.List;

/**
 * What the document tells beside the routes.
 *
 * @param about what it says of itself
 * @param failures the errors that are answered
 * @param pages what is served and is no method
 * @param securitySchemes how callers say who they are; empty where they need not
 * @param origin of the server, for samples of code: {@code http://127.0.0.1:8080}
 */
public record Contents(
        About about,
        List<Failure> failures,
        List<Page> pages,
        List<SecurityScheme> securitySchemes,
        String origin) {
    public Contents {
        failures = List.copyOf(failures);
        pages = List.copyOf(pages);
        securitySchemes = List.copyOf(securitySchemes);
    }
}
