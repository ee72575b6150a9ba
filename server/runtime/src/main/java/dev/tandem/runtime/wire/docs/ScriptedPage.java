package dev.tandem.runtime.wire.docs;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A page and the scripts and styles it is made of, each by its own literal path: {@code /docs},
 * {@code /docs/start.js}. Links in the page are relative to {@code /docs}, so that it works below a
 * proxy's path prefix too.
 */
final class ScriptedPage {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private final String path;
    private final Document page;
    private final Map<String, Document> assets = new LinkedHashMap<>();

    /**
     * @param path without the last slash; {@code path.html} is a resource of ours
     * @param policy its Content-Security-Policy
     */
    ScriptedPage(String path, String policy) {
        this.path = path;
        byte[] html = WebJar.own(path.substring(1) + ".html");
        page = PageSecurity.guard(Document.of("text/html; charset=utf-8", html), policy);
    }

    /** Adds a script or a style sheet. */
    ScriptedPage asset(String name, Supplier<byte[]> source) {
        String type = name.endsWith(".css") ? STYLE : SCRIPT;
        assets.put(path + "/" + name, Document.later(type, source));
        return this;
    }

    void route(HttpRouting.Builder routing) {
        page.route(routing, path);
        redirect(routing, path);
        assets.forEach((name, document) -> document.route(routing, name));
    }

    /** Leads from the path with a slash at its end to the one without. */
    static void redirect(HttpRouting.Builder routing, String path) {
        Document.route(
                routing,
                path + "/",
                (request, response) ->
                        response.status(Status.PERMANENT_REDIRECT_308)
                                .header(HeaderNames.LOCATION, ".." + path)
                                .send());
    }
}
