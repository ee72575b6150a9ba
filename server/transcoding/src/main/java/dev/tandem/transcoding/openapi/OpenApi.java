package dev.tandem.transcoding.openapi;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.route.Route;
import dev.tandem.transcoding.route.RouteTable;
import dev.tandem.transcoding.schema.Declarations;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The OpenAPI document of what is served: made of the compiled routes, the codec's own view of the
 * messages, and the rules and comments of the .proto files.
 */
public final class OpenApi {
    private final RouteTable routes;
    private final Comments comments;
    private final Contents contents;

    /**
     * @param routes what is served
     * @param declarations comments of the services' files
     * @param contents what the document tells beside
     */
    public OpenApi(RouteTable routes, Declarations declarations, Contents contents) {
        this.routes = routes;
        this.comments = new Comments(declarations);
        this.contents = contents;
    }

    /** Makes the document. */
    public JsonObject document(Version version) {
        Components components = new Components(comments);
        Failures failures = new Failures(contents.failures());
        Paths paths = new Paths(version);
        Security security = new Security(contents.securitySchemes());
        Operations operations =
                new Operations(
                        comments,
                        new Bodies(components, version),
                        parameters(components),
                        failures,
                        new OperationIds(all()),
                        security);
        Map<String, Route> byId = new HashMap<>();
        for (Route route : routes.routes()) {
            OpenPath path = paths.open(OpenPath.of(route));
            for (String verb : Operations.verbs(route)) {
                Node operation = operations.of(route, path);
                paths.add(path.text(), verb, operation);
                byId.put(id(operation.json()), route);
            }
        }
        for (Route route : routes.sockets()) {
            OpenPath path = paths.open(OpenPath.of(route));
            paths.add(path.text(), route.verb(), operations.ofSocket(route, path));
        }
        for (Page page : contents.pages()) {
            paths.add(page.path(), page.verb(), Pages.operation(page, failures, security));
        }
        Components.Names names = components.finish(Set.of(ErrorSchema.NAME));
        Node schemas = schemas(names, failures);
        Illustrations illustrations =
                new Illustrations(new Examples(schemas.json()), new CodeSamples(contents.origin()));
        JsonObject all =
                paths.json((path, verb, operation) -> {
                    JsonObject named = names.named(operation);
                    Route route = byId.get(id(operation));
                    return route == null
                            ? Node.from(named)
                            : illustrations.illustrated(
                                    named,
                                    route,
                                    path,
                                    verb,
                                    names.named(operations.message(route)));
                });
        Node document = new Node();
        document.put("openapi", version.text);
        document.put("info", info());
        document.putNodes("servers", List.of(Node.of("url", "/")));
        document.putNodes("security", security.any());
        document.putNodes("tags", tags());
        document.put("paths", all);
        return document.put("components", parts(schemas)).json();
    }

    private Node parts(Node schemas) {
        Node parts = new Node().put("schemas", schemas);
        parts.put("headers", Headers.components());
        if (!contents.securitySchemes().isEmpty()) {
            Node schemes = new Node();
            contents.securitySchemes().forEach(each -> schemes.put(each.name(), each.scheme()));
            parts.put("securitySchemes", schemes);
        }
        return parts;
    }

    private List<Route> all() {
        List<Route> all = new ArrayList<>(routes.routes());
        all.addAll(routes.sockets());
        return all;
    }

    private static String id(JsonObject operation) {
        return operation.getString("operationId");
    }

    private Map<Profile, Parameters> parameters(Components components) {
        return Map.of(
                Profile.CONTRACT,
                new Parameters(components.properties(Direction.READ, false), comments),
                Profile.CANONICAL,
                new Parameters(components.properties(Direction.READ, true), comments));
    }

    private static Node schemas(Components.Names names, Failures failures) {
        Node schemas = names.schemas();
        return schemas.put(ErrorSchema.NAME, ErrorSchema.schema(failures.types()));
    }

    private Node info() {
        About about = contents.about();
        Node info = Node.of("title", about.title()).put("version", about.version());
        info.putText("description", about.description());
        if (!about.license().isEmpty()) {
            info.put(
                    "license", Node.of("name", about.license()).put("identifier", about.license()));
        }
        return info;
    }

    private List<Node> tags() {
        Map<String, Node> tags = new LinkedHashMap<>();
        List<Route> last = new ArrayList<>();
        for (Route route : all()) {
            if (route.profile() == Profile.CANONICAL) {
                last.add(route);
            } else {
                tags.computeIfAbsent(Operations.tag(route), name -> tag(name, route));
            }
        }
        if (!contents.pages().isEmpty()) {
            tags.put(Pages.TAG, Pages.tag());
        }
        last.forEach(
                route -> tags.computeIfAbsent(Operations.tag(route), name -> tag(name, route)));
        return List.copyOf(tags.values());
    }

    private Node tag(String name, Route route) {
        ServiceDescriptor service = route.first().getService();
        String words = comments.of(service);
        String form =
                route.profile() == Profile.CANONICAL
                        ? "In protobuf's own JSON mapping, under the paths of gRPC."
                        : "";
        return Node.of("name", name).putText("description", Comments.joined(List.of(words, form)));
    }
}
