package dev.tandem.transcoding.route;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.tandem.options.v1.Options;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.schema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the bindings of methods: the {@code google.api.http} option and the canonical path. */
final class Bindings {
    /** RFC 9110, section 9.1, or every method. */
    private static final Pattern VERB = Pattern.compile("\\*|[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Whose content has no meaning (RFC 9110, section 9.3). */
    private static final Set<String> WITHOUT_CONTENT = Set.of("GET", "HEAD", "TRACE", "CONNECT");

    /** Opens a WebSocket (RFC 6455, section 4.1). */
    private static final String OPENING = "GET";

    private final Problems problems;

    /**
     * @param problems takes what is wrong
     */
    Bindings(Problems problems) {
        this.problems = problems;
    }

    /**
     * Those that the method declares. A method whose client streams is a WebSocket, which is opened
     * by GET whatever HTTP method the binding names.
     */
    List<Binding> declared(MethodDescriptor method) {
        if (!method.getOptions().hasExtension(AnnotationsProto.http)) {
            if (takesForms(method)) {
                problem(method, "it takes forms, but has no HTTP binding with a body");
            }
            return List.of();
        }
        HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
        List<Binding> bindings = new ArrayList<>();
        add(method, rule, bindings);
        for (HttpRule additional : rule.getAdditionalBindingsList()) {
            if (additional.getAdditionalBindingsCount() > 0) {
                problem(method, "an additional binding cannot have additional bindings");
            }
            add(method, additional, bindings);
        }
        if (takesForms(method)) {
            checkForms(method, bindings);
        }
        return bindings;
    }

    private static boolean takesForms(MethodDescriptor method) {
        return method.getOptions().getExtension(Options.method).getForms();
    }

    /** A form is an object of fields: it fills messages. */
    private void checkForms(MethodDescriptor method, List<Binding> bindings) {
        if (method.isClientStreaming()) {
            problem(method, "it takes forms, but its client streams: a form is one message");
            return;
        }
        if (bindings.stream().allMatch(each -> each.body() instanceof Body.None)) {
            problem(method, "it takes forms, but has no HTTP binding with a body");
        }
        for (Binding each : bindings) {
            if (each.body() instanceof Body.Field(FieldDescriptor field)
                    && !FieldPath.hasParts(field)) {
                problem(
                        method,
                        "it takes forms, which cannot fill its body \""
                                + field.getName()
                                + "\": only a message with fields");
            }
        }
    }

    /**
     * {@code POST /package.Service/Method}; where the client streams, {@code GET}, for a WebSocket.
     */
    static Binding canonical(MethodDescriptor method) {
        PathTemplate path =
                PathTemplate.parse(
                        "/" + method.getService().getFullName() + "/" + method.getName());
        return new Binding(
                method,
                method.isClientStreaming() ? OPENING : "POST",
                path,
                List.of(),
                new Body.Whole(),
                null,
                Profile.CANONICAL);
    }

    private void add(MethodDescriptor method, HttpRule rule, List<Binding> bindings) {
        String verb =
                switch (rule.getPatternCase()) {
                    case GET -> "GET";
                    case PUT -> "PUT";
                    case POST -> "POST";
                    case DELETE -> "DELETE";
                    case PATCH -> "PATCH";
                    case CUSTOM -> rule.getCustom().getKind();
                    case PATTERN_NOT_SET -> "";
                };
        if (!VERB.matcher(verb).matches()) {
            problem(method, "its binding names no HTTP method");
            return;
        }
        PathTemplate path;
        try {
            path = PathTemplate.parse(pathOf(rule));
        } catch (IllegalArgumentException e) {
            problem(method, String.valueOf(e.getMessage()));
            return;
        }
        Optional<List<FieldPath>> fields = fields(method, path);
        Optional<Body> body = body(method, rule, verb, fields.orElse(List.of()));
        String answer = rule.getResponseBody();
        FieldDescriptor responseBody =
                answer.isEmpty()
                        ? null
                        : bodyField(method, method.getOutputType(), "response_body", answer);
        if (fields.isPresent()
                && body.isPresent()
                && (answer.isEmpty() || responseBody != null)
                && selects(method, rule)) {
            bindings.add(
                    new Binding(
                            method,
                            method.isClientStreaming() ? OPENING : verb,
                            path,
                            fields.get(),
                            body.get(),
                            responseBody,
                            Profile.CONTRACT));
        }
    }

    private static String pathOf(HttpRule rule) {
        return switch (rule.getPatternCase()) {
            case GET -> rule.getGet();
            case PUT -> rule.getPut();
            case POST -> rule.getPost();
            case DELETE -> rule.getDelete();
            case PATCH -> rule.getPatch();
            case CUSTOM -> rule.getCustom().getPath();
            case PATTERN_NOT_SET -> "";
        };
    }

    private Optional<List<FieldPath>> fields(MethodDescriptor method, PathTemplate path) {
        List<FieldPath> fields = new ArrayList<>();
        for (Variable variable : path.variables()) {
            Optional<FieldPath> field = FieldPath.find(method.getInputType(), variable.field());
            if (field.isEmpty()) {
                problem(method, path + ": " + noField(method, variable.field()));
                return Optional.empty();
            }
            if (field.get().last().isRepeated() || !TextValue.possible(field.get().last())) {
                problem(
                        method,
                        path + ": a list, map or message cannot stand in a path: " + field.get());
                return Optional.empty();
            }
            if (fields.contains(field.get())) {
                problem(method, path + ": " + field.get() + " is bound twice");
                return Optional.empty();
            }
            fields.add(field.get());
        }
        return Optional.of(fields);
    }

    private Optional<Body> body(
            MethodDescriptor method, HttpRule rule, String verb, List<FieldPath> inPath) {
        String name = rule.getBody();
        if (name.isEmpty()) {
            return Optional.of(new Body.None());
        }
        if (WITHOUT_CONTENT.contains(verb)) {
            problem(method, verb + " has no body (RFC 9110, section 9.3); leave body out of it");
            return Optional.empty();
        }
        if (name.equals("*")) {
            return Optional.of(new Body.Whole());
        }
        if (method.isClientStreaming()) {
            problem(
                    method,
                    "its body \""
                            + name
                            + "\" is one field, but a client that streams sends whole messages;"
                            + " leave body out, or set it to \"*\"");
            return Optional.empty();
        }
        FieldDescriptor field = bodyField(method, method.getInputType(), "body", name);
        if (field == null) {
            return Optional.empty();
        }
        if (inPath.stream().anyMatch(path -> path.steps().equals(List.of(field)))) {
            problem(method, "its body \"" + name + "\" is bound by its path already");
            return Optional.empty();
        }
        return Optional.of(new Body.Field(field));
    }

    private @Nullable FieldDescriptor bodyField(
            MethodDescriptor method, Descriptor type, String option, String name) {
        FieldDescriptor field = type.findFieldByName(name);
        if (field == null) {
            String star = option.equals("body") ? "\"*\" or " : "";
            problem(
                    method,
                    "its %s must be %sa field of %s, not \"%s\""
                            .formatted(option, star, type.getFullName(), name));
        } else if (field.getOptions().getExtension(Options.field).getExtra()) {
            problem(method, "its %s \"%s\" holds extra keys only".formatted(option, name));
            return null;
        }
        return field;
    }

    /** The selector is for service configurations; on a method it can only name that method. */
    private boolean selects(MethodDescriptor method, HttpRule rule) {
        String selector = rule.getSelector();
        if (selector.isEmpty() || selector.equals(method.getFullName())) {
            return true;
        }
        problem(method, "its selector \"" + selector + "\" is another method; leave it out");
        return false;
    }

    private static String noField(MethodDescriptor method, String field) {
        return method.getInputType().getFullName() + " has no field \"" + field + "\"";
    }

    private void problem(MethodDescriptor method, String what) {
        problems.add(method, what);
    }
}
