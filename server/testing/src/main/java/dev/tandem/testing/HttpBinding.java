package dev.tandem.testing;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.tandem.options.v1.Options;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a client writes a call of a method as an HTTP request: its {@code google.api.http} rule, or a
 * POST to {@code /package.Service/Method}. Takes rules with the whole message as body or none, and
 * top-level fields in the path.
 */
final class HttpBinding {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z0-9_]+)(=[^}]*)?}");
    private static final String TIMEOUT = "x-request-timeout"; // seconds

    private record Route(String verb, String template) {}

    private final MethodDescriptor method;
    private final HttpRule rule;
    private final JsonCodecs codecs;

    private HttpBinding(MethodDescriptor method, HttpRule rule, JsonCodecs codecs) {
        this.method = method;
        this.rule = rule;
        this.codecs = codecs;
    }

    /**
     * @param codecs those of a profile, to be kept: compiling one makes classes that are never
     *     unloaded
     */
    static HttpBinding of(MethodDescriptor method, Function<Profile, JsonCodecs> codecs) {
        if (method.getOptions().hasExtension(AnnotationsProto.http)) {
            HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
            return new HttpBinding(method, rule, codecs.apply(Profile.CONTRACT));
        }
        String path = "/" + method.getService().getFullName() + "/" + method.getName();
        HttpRule rule = HttpRule.newBuilder().setPost(path).setBody("*").build();
        return new HttpBinding(method, rule, codecs.apply(Profile.CANONICAL));
    }

    /** The codecs that this binding speaks with. */
    JsonCodecs codecs() {
        return codecs;
    }

    /** What a stream ends with besides its messages; empty for nothing. */
    String done() {
        return method.getOptions().getExtension(Options.method).getDone();
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
        if (rule.getBody().isEmpty()) {
            return new HttpRequest(route().verb(), target(message), headers, new byte[0]);
        }
        headers.putIfAbsent("content-type", "application/json");
        JsonBuffer json = new JsonBuffer();
        codecs.of(message.getDefaultInstanceForType()).write(choosing(message, wire), json);
        return new HttpRequest(
                route().verb(),
                route().template(),
                headers,
                Arrays.copyOf(json.array(), json.length()));
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

    /** Variables in the path, the other fields in the query. */
    private String target(Message message) {
        Map<String, Object> left = new LinkedHashMap<>();
        message.getAllFields().forEach((field, value) -> left.put(field.getName(), value));
        String path =
                VARIABLE.matcher(route().template())
                        .replaceAll(match -> variable(match, left.remove(match.group(1))));
        StringBuilder target = new StringBuilder(path);
        left.forEach((name, value) ->
                target.append(target.indexOf("?") < 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(value.toString())));
        return target.toString();
    }

    /** Only a variable of many segments ({@code =**}) keeps its slashes. */
    private static String variable(MatchResult match, @Nullable Object value) {
        String text = encoded(value == null ? "" : value.toString());
        boolean many = match.group(2) != null && match.group(2).contains("**");
        return many ? text.replace("%2F", "/") : text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
