package dev.tandem.runtime;

import dev.tandem.runtime.auth.Authenticator;
import dev.tandem.runtime.auth.Credentials.Form;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.transcoding.openapi.SecurityScheme;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who may reach a server.
 *
 * @param authenticators who knows credentials; none where nobody is asked
 * @param open whether it was said that nobody is asked
 * @param cors asked by every call: whose pages may call besides its own
 */
record Access(List<Authenticator> authenticators, boolean open, Supplier<CorsSettings> cors)
        implements AutoCloseable {
    static final Access NONE = new Access(List.of(), false, () -> CorsSettings.NONE);

    Access {
        authenticators = List.copyOf(authenticators);
    }

    Access with(Collection<? extends Authenticator> more) {
        List<Authenticator> all = new ArrayList<>(authenticators);
        all.addAll(more);
        return new Access(all, open, cors);
    }

    Access with(Supplier<CorsSettings> settings) {
        return new Access(authenticators, open, settings);
    }

    Access opened() {
        return new Access(authenticators, true, cors);
    }

    /** Is anybody asked? */
    boolean guarded() {
        return !authenticators.isEmpty();
    }

    /**
     * Denies by default.
     *
     * @return this
     * @throws IllegalArgumentException where strangers would be served by oversight, or where it is
     *     said that everybody is served and that credentials are asked for
     */
    Access checked(Address address) {
        if (open && guarded()) {
            throw new IllegalArgumentException(
                    "The server is told to serve anybody, and to ask for credentials; choose one.");
        }
        if (!open && !guarded() && !address.isLoopback()) {
            throw new IllegalArgumentException(
                    address.host()
                            + " can be reached by others, and nobody is asked for credentials: set up"
                            + " keys or tokens, listen on 127.0.0.1, or say that anybody may call.");
        }
        return this;
    }

    /** What the OpenAPI document says of it. */
    List<SecurityScheme> schemes() {
        EnumSet<Form> forms = EnumSet.noneOf(Form.class);
        authenticators.forEach(each -> forms.addAll(each.forms()));
        return forms.stream().map(Access::scheme).toList();
    }

    private static SecurityScheme scheme(Form form) {
        return switch (form) {
            case BEARER ->
                    new SecurityScheme("bearer", http("bearer", "An API key or a token (JWT)."));
            case BASIC ->
                    new SecurityScheme(
                            "basic", http("basic", "An API key as the password of any user."));
            case API_KEY ->
                    new SecurityScheme(
                            "apiKey",
                            Json.createObjectBuilder()
                                    .add("type", "apiKey")
                                    .add("in", "header")
                                    .add("name", "x-api-key")
                                    .add("description", "An API key.")
                                    .build());
        };
    }

    private static JsonObject http(String scheme, String description) {
        return Json.createObjectBuilder()
                .add("type", "http")
                .add("scheme", scheme)
                .add("description", description)
                .build();
    }

    @Override
    public void close() {
        authenticators.forEach(Authenticator::close);
    }
}
