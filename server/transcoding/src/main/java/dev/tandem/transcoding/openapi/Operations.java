package dev.tandem.transcoding.openapi;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.json.Shape;
import dev.tandem.transcoding.route.Route;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operation of a route. */
final class Operations {
    private static final String SOCKET =
            "A WebSocket, opened over HTTP/1.1: each text frame is one message as JSON, of the schemas"
                    + " in `x-websocket`. An empty text frame says that the client sends no more. The"
                    + " path and the query fill the first message. An error is the last message, in the"
                    + " form of `Error`, and the close code tells of it.";

    private final Comments comments;
    private final Bodies bodies;
    private final Map<Profile, Parameters> parameters;
    private final Failures failures;
    private final OperationIds ids;
    private final Security security;

    Operations(
            Comments comments,
            Bodies bodies,
            Map<Profile, Parameters> parameters,
            Failures failures,
            OperationIds ids,
            Security security) {
        this.comments = comments;
        this.bodies = bodies;
        this.parameters = parameters;
        this.failures = failures;
        this.ids = ids;
        this.security = security;
    }

    /**
     * Describes a route.
     *
     * @param path as the document writes it
     */
    Node of(Route route, OpenPath path) {
        Node operation = described(route, path, streamWords(route));
        Shape request = bodies.shape(route.request(), route.profile());
        FormBodies forms = new FormBodies(ofProfile(route));
        bodies.request(route)
                .map(body -> forms.added(body, route, request))
                .ifPresent(body -> operation.put("requestBody", body));
        Node answers = new Node().put("200", bodies.answer(route, comments));
        failures.of(route).forEach(answers::put);
        return operation.put("responses", answers);
    }

    /**
     * Describes the opening of a WebSocket.
     *
     * @param path as the document writes it
     */
    Node ofSocket(Route route, OpenPath path) {
        Node operation = described(route, path, List.of(SOCKET));
        operation.put("x-websocket", bodies.messages(route));
        Node answers =
                new Node()
                        .put(
                                "101",
                                Node.of("description", "The connection is a WebSocket now.")
                                        .put(
                                                "headers",
                                                new Node()
                                                        .put(
                                                                Headers.REQUEST_ID,
                                                                Headers.ref(Headers.REQUEST_ID))));
        failures.ofSocket(route).forEach(answers::put);
        return operation.put("responses", answers);
    }

    private Node described(Route route, OpenPath path, List<String> more) {
        MethodDescriptor method = route.first();
        String comment = comments.of(method);
        Node operation = Node.of("operationId", ids.next(route));
        operation.putStrings("tags", List.of(tag(route)));
        operation.putText("summary", Comments.summary(comment));
        List<String> words = new ArrayList<>(List.of(Comments.rest(comment)));
        words.addAll(more);
        words.add(security.words(route));
        operation.putText("description", Comments.joined(words));
        if (route.methods().stream().allMatch(each -> each.getOptions().getDeprecated())) {
            operation.put("deprecated", true);
        }
        security.addTo(operation, route);
        Shape request = bodies.shape(route.request(), route.profile());
        List<Node> given = ofProfile(route).of(route, path, request);
        if (!given.isEmpty()) {
            operation.putNodes("parameters", given);
        }
        return operation;
    }

    private Parameters ofProfile(Route route) {
        return requireNonNull(parameters.get(route.profile()));
    }

    private List<String> streamWords(Route route) {
        FieldDescriptor field = route.streamField();
        MethodDescriptor streaming = route.streaming();
        List<String> words = new ArrayList<>();
        if (streaming == null) {
            return words;
        }
        if (field != null) {
            words.add(
                    "With `\""
                            + field.getName()
                            + "\": true` the answer is a stream. "
                            + comments.of(streaming));
        }
        words.add(
                "A stream is server-sent events, or lines of JSON where `Accept` asks for"
                        + " `application/x-ndjson`. An error after its beginning is its last"
                        + " message, in the form of `Error`."
                        + (route.done().isEmpty()
                                ? ""
                                : " The last event of a stream without error is `data: "
                                        + route.done()
                                        + "`."));
        return words;
    }

    /** The schema of the whole request in protobuf's JSON mapping. */
    JsonObject message(Route route) {
        return bodies.message(route).json();
    }

    static String tag(Route route) {
        ServiceDescriptor service = route.first().getService();
        return route.profile() == Profile.CANONICAL ? service.getFullName() : service.getName();
    }

    /** The HTTP methods that a route answers, upper case. */
    static List<String> verbs(Route route) {
        return route.verb().equals("*")
                ? List.of("GET", "PUT", "POST", "DELETE", "PATCH")
                : List.of(route.verb());
    }
}
