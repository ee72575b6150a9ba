package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.tandem.options.v1.Options;
import dev.tandem.transcoding.form.Part;
import dev.tandem.transcoding.json.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP method on one path, and what answers it: a unary method, a server-streaming one, or both
 * with a field of the request that chooses.
 *
 * @param verb the HTTP method, upper case; {@code *} for any
 * @param path the path's template
 * @param fields the fields that the template's variables fill, in their order
 * @param unary the method with one answer, or null
 * @param streaming the method with a stream of answers, or null; one of the two is there
 * @param streamField the bool field that chooses, where both are there; else null
 * @param body what the request's body fills
 * @param responseBody the field of the response that is the answer's body; null for all of it
 * @param profile how its messages look as JSON
 */
public record Route(
        String verb,
        PathTemplate path,
        List<FieldPath> fields,
        @Nullable MethodDescriptor unary,
        @Nullable MethodDescriptor streaming,
        @Nullable FieldDescriptor streamField,
        Body body,
        @Nullable FieldDescriptor responseBody,
        Profile profile) {

    public Route {
        fields = List.copyOf(fields);
    }

    /** The methods, the unary one first. */
    public List<MethodDescriptor> methods() {
        return Stream.of(unary, streaming)
                .<MethodDescriptor>mapMulti((method, out) -> {
                    if (method != null) {
                        out.accept(method);
                    }
                })
                .toList();
    }

    /** The method that stands for the route before the request is read: the unary one, if any. */
    public MethodDescriptor first() {
        return methods().getFirst();
    }

    /** The type of the request; methods that share a route have the same. */
    public Descriptor request() {
        return first().getInputType();
    }

    /** Which of the methods a request is for. */
    public MethodDescriptor choose(Message request) {
        if (streamField != null
                && streaming != null
                && request.getField(streamField).equals(true)) {
            return streaming;
        }
        return first();
    }

    /** The data of the event that follows the last message of a stream; empty for none. */
    public String done() {
        return streaming == null
                ? ""
                : streaming.getOptions().getExtension(Options.method).getDone();
    }

    /** Does it take forms besides JSON? The paths of protobuf's own JSON mapping do not. */
    public boolean takesForms() {
        return profile == Profile.CONTRACT
                && !(body instanceof Body.None)
                && first().getOptions().getExtension(Options.method).getForms();
    }

    /**
     * Fills what the body fills from the fields of a form. Violations begin below the body's field.
     *
     * @param request without values
     * @param fields decoded
     */
    public Message fill(Message request, Map<String, List<String>> fields)
            throws ParameterException {
        return filled(request, parameters -> parameters.form(fields));
    }

    /** The same from the parts of a form, files too. */
    public Message fill(Message request, List<Part> parts) throws ParameterException {
        return filled(request, parameters -> parameters.parts(parts));
    }

    private Message filled(Message request, Consumer<Parameters> filling)
            throws ParameterException {
        Message.Builder whole = request.toBuilder();
        if (!(body instanceof Body.Field(FieldDescriptor field))) {
            Parameters parameters = new Parameters(whole);
            filling.accept(parameters);
            return parameters.build();
        }
        Parameters parameters = new Parameters(whole.newBuilderForField(field));
        filling.accept(parameters);
        try {
            return whole.setField(field, parameters.build()).build();
        } catch (ParameterException e) {
            Message part = e.partial();
            throw part == null ? e : e.within(whole.setField(field, part).build());
        }
    }

    /**
     * Fills a request from the path and, where the body leaves it room, from the query. What the
     * path gives wins over the body.
     *
     * @param request what the body gave
     * @param variables the values of the path's variables
     * @param query the query's parameters, decoded
     */
    public Message bind(Message request, List<String> variables, Map<String, List<String>> query)
            throws ParameterException {
        boolean queried = !query.isEmpty();
        if (fields.isEmpty() && !queried) {
            return request;
        }
        Parameters parameters = new Parameters(request.toBuilder());
        for (int i = 0; i < fields.size(); i++) {
            parameters.path(fields.get(i), variables.get(i));
        }
        if (body instanceof Body.Whole) {
            parameters.noQuery(query);
        } else if (queried) {
            parameters.query(query, taken());
        }
        return parameters.build();
    }

    private List<FieldPath> taken() {
        List<FieldPath> taken = new ArrayList<>(fields);
        if (body instanceof Body.Field(FieldDescriptor field)) {
            taken.add(new FieldPath(List.of(field)));
        }
        return taken;
    }

    /** {@code POST /v1/people}. */
    @Override
    public String toString() {
        return verb + " " + path;
    }
}
