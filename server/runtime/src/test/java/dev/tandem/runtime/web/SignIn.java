package dev.tandem.runtime.web;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.transcoding.form.FormException;
import dev.tandem.transcoding.route.UrlEncodedForm;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** A page to sign in, and one that needs it. */
final class SignIn {
    private static final String PAGE =
            "<!doctype html><title>Sign in</title><form method=\"post\" action=\"sign-in\">"
                    + "<input name=\"user\"><input name=\"password\" type=\"password\">"
                    + "<button>Sign in</button></form>";

    private final Sessions sessions;
    private final BiPredicate<String, String> passwords;

    SignIn(Sessions sessions, BiPredicate<String, String> passwords) {
        this.sessions = sessions;
        this.passwords = passwords;
    }

    void route(HttpRouting.Builder pages) {
        pages.get("/sign-in", (request, response) -> html(response, PAGE));
        pages.post("/sign-in", this::signIn);
        pages.post(
                "/sign-out",
                (request, response) -> {
                    response.header(HeaderNames.SET_COOKIE, sessions.end());
                    redirect(response, "/sign-in");
                });
        pages.get("/home", this::home);
    }

    private void signIn(ServerRequest request, ServerResponse response) {
        Map<String, List<String>> form = form(request.content().as(byte[].class));
        String user = form.getOrDefault("user", List.of("")).getFirst();
        if (!passwords.test(user, form.getOrDefault("password", List.of("")).getFirst())) {
            response.status(Status.FORBIDDEN_403);
            html(response, PAGE);
            return;
        }
        response.header(HeaderNames.SET_COOKIE, sessions.begin(user));
        redirect(response, "/home");
    }

    private static Map<String, List<String>> form(byte[] body) {
        try {
            return UrlEncodedForm.parse(body);
        } catch (FormException e) {
            throw ApiError.of(Reasons.MALFORMED_FORM, e.getMessage()).toException();
        }
    }

    private void home(ServerRequest request, ServerResponse response) {
        Call call = request.context().get(Call.class).orElseThrow();
        String name = Caller.of(call).known().orElse("");
        if (name.isEmpty()) {
            redirect(response, "/sign-in");
        } else {
            html(response, "<!doctype html><title>Home</title>Signed in.");
        }
    }

    private static void redirect(ServerResponse response, String path) {
        response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, path).send();
    }

    private static void html(ServerResponse response, String page) {
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8").send(page);
    }
}
