package dev.tandem.testing;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.tandem.options.v1.Options;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a client writes a call of a method as an HTTP request, and reads the answer's messages: its
 * {@code google.api.http} rule, the first where there are more, or a POST to {@code
 * /package.Service/Method}.
 */
final class HttpBinding {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_.]+)(=[^}]*)?}");
    private static final String TIMEOUT = "x-request-timeout"; // seconds

    private record Route(String verb, String template) {}

    private final MethodDescriptor method;
    private final HttpRule rule;
    private final JsonCodecs codecs;
    private final QueryText texts;

    private HttpBinding(
            MethodDescriptor method, HttpRule rule, JsonCodecs codecs, QueryText texts) {
        this.method = method;
        this.rule = rule;
        this.codecs = codecs;
        this.texts = texts;
    }

    /**
     * @param codecs those of a profile, to be kept: compiling one makes classes that are never
     *     unloaded
     */
    static HttpBinding of(MethodDescriptor method, Function<Profile, JsonCodecs> codecs) {
        QueryText texts = new QueryText(codecs.apply(Profile.CANONICAL));
        if (method.getOptions().hasExtension(AnnotationsProto.http)) {
            HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
            return new HttpBinding(method, rule, codecs.apply(Profile.CONTRACT), texts);
        }
        String path = "/" + method.getService().getFullName() + "/" + method.getName();
        HttpRule rule = HttpRule.newBuilder().setPost(path).setBody("*").build();
        return new HttpBinding(method, rule, codecs.apply(Profile.CANONICAL), texts);
    }

    /** What a stream ends with besides its messages; empty for nothing. */
    String done() {
        return method.getOptions().getExtension(Options.method).getDone();
    }

    /**
     * Reads one message of the answer.
     *
     * @param prototype the default instance of the response message
     */
    @SuppressWarnings("unchecked") // the codec is made for the response's type
    <R extends Message> R read(String json, R prototype) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try {
            if (rule.getResponseBody().isEmpty()) {
                return (R) codecs.of(prototype).read(bytes);
            }
            FieldDescriptor field = field(prototype, rule.getResponseBody());
            return (R) codecs.of(prototype, field).read(bytes, prototype);
        } catch (JsonException e) {
            throw new IllegalStateException("the server sent what is no message: " + json, e);
        }
    }

    /** Does the path have variables? */
    boolean variable() {
        return VARIABLE.matcher(route().template()).find();
    }

    /** A path without variables. */
    String path() {
        return route().template();
    }

    /** A message as JSON, whole, as a WebSocket has it. */
    String text(Message message) {
        return new String(json(message), StandardCharsets.UTF_8);
    }

    HttpRequest request(Message message, Wire wire, Caller caller) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (wire.format() == Wire.Format.NDJSON) {
            headers.put("accept", "application/x-ndjson");
        }
        if (caller.timeout() != null) {
            headers.put(TIMEOUT, Double.toString(caller.timeout().toMillis() / 1000.0));
        }
        headers.putAll(caller.headers());
        String body = rule.getBody();
        String path = path(message);
        if (body.equals("*")) {
            headers.putIfAbsent("content-type", "application/json");
            byte[] json = json(choosing(message, wire));
            return new HttpRequest(route().verb(), path, headers, json);
        }
        Message rest = withoutPath(message);
        if (body.isEmpty()) {
            return new HttpRequest(route().verb(), path + query(rest), headers, new byte[0]);
        }
        headers.putIfAbsent("content-type", "application/json");
        FieldDescriptor field = field(message, body);
        String target = path + query(rest.toBuilder().clearField(field).build());
        return new HttpRequest(route().verb(), target, headers, json(message, field));
    }

    private byte[] json(Message message) {
        JsonBuffer json = new JsonBuffer();
        codecs.of(message.getDefaultInstanceForType()).write(message, json);
        return json.toByteArray();
    }

    private byte[] json(Message message, FieldDescriptor field) {
        JsonBuffer json = new JsonBuffer();
        codecs.of(message.getDefaultInstanceForType(), field).write(message, json);
        return json.toByteArray();
    }

    /** With the field set by which methods that share a path are told apart. */
    private Message choosing(Message message, Wire wire) {
        String name = method.getOptions().getExtension(Options.method).getStreamField();
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        return field == null
                ? message
                : message.toBuilder().setField(field, wire.streams()).build();
    }

    private Route route() {
        return switch (rule.getPatternCase()) {
            case GET -> new Route("GET", rule.getGet());
            case POST -> new Route("POST", rule.getPost());
            case PUT -> new Route("PUT", rule.getPut());
            case PATCH -> new Route("PATCH", rule.getPatch());
            case DELETE -> new Route("DELETE", rule.getDelete());
            case CUSTOM -> new Route(rule.getCustom().getKind(), rule.getCustom().getPath());
            case PATTERN_NOT_SET ->
                    throw new IllegalArgumentException(method.getFullName() + " has no path");
        };
    }

    /** The path with its variables, which the body may repeat: the path wins. */
    String path(Message message) {
        return VARIABLE.matcher(route().template()).replaceAll(match -> variable(match, message));
    }

    /** Only a variable of several segments ({@code =**}, {@code =shelves/*}) keeps its slashes. */
    private String variable(MatchResult match, Message message) {
        Message holder = message;
        List<String> names = List.of(match.group(1).split("\\.", -1));
        for (String name : names.subList(0, names.size() - 1)) {
            holder = (Message) holder.getField(field(holder, name));
        }
        FieldDescriptor last = field(holder, names.getLast());
        String text = encoded(texts.text(last, holder.getField(last)));
        String segments = match.group(2) == null ? "" : match.group(2);
        boolean several = segments.contains("**") || segments.contains("/");
        return Matcher.quoteReplacement(several ? text.replace("%2F", "/") : text);
    }

    private Message withoutPath(Message message) {
        Message left = message;
        for (MatchResult match : VARIABLE.matcher(route().template()).results().toList()) {
            left = without(left, List.of(match.group(1).split("\\.", -1)));
        }
        return left;
    }

    private static Message without(Message message, List<String> names) {
        FieldDescriptor field = field(message, names.getFirst());
        if (names.size() == 1) {
            return message.toBuilder().clearField(field).build();
        }
        Message inner = without((Message) message.getField(field), names.subList(1, names.size()));
        return message.toBuilder().setField(field, inner).build();
    }

    private String query(Message message) {
        StringBuilder query = new StringBuilder();
        texts.of(message)
                .forEach(each ->
                        query.append(query.isEmpty() ? '?' : '&')
                                .append(encoded(each.name()))
                                .append('=')
                                .append(encoded(each.value())));
        return query.toString();
    }

    private static FieldDescriptor field(Message message, String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        if (field == null) {
            throw new IllegalArgumentException(
                    message.getDescriptorForType().getFullName() + " has no field " + name);
        }
        return field;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
