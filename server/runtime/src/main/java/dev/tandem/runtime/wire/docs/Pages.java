package dev.tandem.runtime.wire.docs;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * The pages that show and try what a server serves: {@code /docs} (Swagger UI) and {@code /redoc},
 * which read {@code /openapi.json} and call no other host, and the .proto files below {@code
 * /proto}.
 */
public final class Pages {
    private static final WebJar SWAGGER_UI = new WebJar("org.webjars", "swagger-ui");
    private static final WebJar REDOC = new WebJar("org.webjars.npm", "redoc");

    /** The one thing that Redoc's script fetches from elsewhere: its maker's logo, a decoration. */
    private static final String LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg";

    /** Redoc's search runs in a worker whose script is a part of the bundle. */
    private static final String REDOC_POLICY = PageSecurity.SCRIPTED + "; worker-src blob:";

    private final ScriptedPage docs;
    private final ScriptedPage redoc;
    private final ProtoPages proto;

    /**
     * Pages about services.
     *
     * @param services those that the server was given
     */
    public Pages(Collection<ServiceDescriptor> services) {
        docs =
                new ScriptedPage("/docs", PageSecurity.SCRIPTED)
                        .asset("swagger-ui.css", () -> SWAGGER_UI.file("swagger-ui.css"))
                        .asset("swagger-ui.js", () -> SWAGGER_UI.file("swagger-ui-bundle.js"))
                        .asset("streams.css", () -> WebJar.own("streams.css"))
                        .asset("streams.js", () -> WebJar.own("streams.js"))
                        .asset("start.js", () -> WebJar.own("docs.js"));
        redoc =
                new ScriptedPage("/redoc", REDOC_POLICY)
                        .asset("redoc.js", Pages::redocScript)
                        .asset("start.js", () -> WebJar.own("redoc.js"));
        ClassLoader packages = Thread.currentThread().getContextClassLoader();
        proto = new ProtoPages(ProtoFiles.of(services, packages));
    }

    private static byte[] redocScript() {
        String script =
                new String(REDOC.file("bundles/redoc.standalone.js"), StandardCharsets.UTF_8);
        return script.replace(LOGO, "data:,").getBytes(StandardCharsets.UTF_8);
    }

    /** Adds the routes. */
    public void route(HttpRouting.Builder routing) {
        docs.route(routing);
        redoc.route(routing);
        proto.route(routing);
    }
}
