package dev.tandem.runtime;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.wire.docs.Pages;
import dev.tandem.runtime.wire.rest.RestWire;
import dev.tandem.transcoding.openapi.About;
import dev.tandem.transcoding.openapi.Contents;
import dev.tandem.transcoding.openapi.OpenApi;
import dev.tandem.transcoding.openapi.Page;
import dev.tandem.transcoding.route.RouteTable;
import dev.tandem.transcoding.schema.Declarations;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a server serves over HTTP beside its methods: probes, its documents, the program's own
 * routes.
 *
 * @param described the program's own pages, for the OpenAPI document
 * @param routes the program's own routes
 * @param reasons the errors of the services' own
 * @param access who may call
 * @param origin scheme, host and port, for samples of code
 * @param documented does the server tell about itself?
 */
record ServedPages(
        List<ServiceDescriptor> services,
        List<Page> described,
        List<Consumer<HttpRouting.Builder>> routes,
        List<Reason> reasons,
        About about,
        Access access,
        String origin,
        boolean documented) {

    /**
     * Installs them behind the wire's first door.
     *
     * @param routing may have filters already, no routes
     * @param own probes and metrics
     */
    void install(
            WebServerConfig.Builder web,
            HttpRouting.Builder routing,
            RestWire rest,
            Consumer<HttpRouting.Builder> own) {
        OpenApiRoutes openApi = new OpenApiRoutes(() -> openApi(rest.table()));
        if (documented) {
            openApi.addTo(web);
        }
        rest.install(
                web,
                routing,
                pages -> {
                    own.accept(pages);
                    routes.forEach(more -> more.accept(pages));
                    if (documented) {
                        new Pages(services).route(pages);
                        openApi.route(pages);
                    }
                });
    }

    private OpenApi openApi(RouteTable table) {
        return new OpenApi(
                table,
                Declarations.of(services.stream().map(ServiceDescriptor::getFile).toList()),
                new Contents(
                        about,
                        RestFailures.all(reasons, access),
                        OwnPages.with(described),
                        access.schemes(),
                        origin));
    }
}
