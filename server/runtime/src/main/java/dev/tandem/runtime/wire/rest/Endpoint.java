package dev.tandem.runtime.wire.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Method;
import dev.tandem.transcoding.form.FormException;
import dev.tandem.transcoding.form.FormType;
import dev.tandem.transcoding.form.MultipartForm;
import dev.tandem.transcoding.json.FieldCodec;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.route.Body;
import dev.tandem.transcoding.route.ParameterException;
import dev.tandem.transcoding.route.QueryString;
import dev.tandem.transcoding.route.Route;
import dev.tandem.transcoding.route.UrlEncodedForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A route with the methods behind it and the codecs of their messages. Immutable. */
final class Endpoint {
    private final Route route;
    private final Map<MethodDescriptor, Method<?, ?>> methods = new HashMap<>();
    private final Map<MethodDescriptor, ResponseForm> responses = new HashMap<>();
    private final Message request; // the default instance
    private final @Nullable JsonCodec whole; // of the body that is the request
    private final @Nullable FieldCodec part; // of the body that is one field of it

    /**
     * @param served the methods with all policies around them
     * @param codecs those of the route's profile
     */
    Endpoint(Route route, Map<MethodDescriptor, Method<?, ?>> served, JsonCodecs codecs) {
        this.route = route;
        for (MethodDescriptor descriptor : route.methods()) {
            Method<?, ?> method = served.get(descriptor);
            if (method == null) {
                throw new IllegalArgumentException(descriptor.getFullName() + " is not served");
            }
            methods.put(descriptor, method);
            responses.put(
                    descriptor, ResponseForm.of(method.response(), route.responseBody(), codecs));
        }
        request = first().request();
        whole = route.body() instanceof Body.Whole ? codecs.of(request) : null;
        part =
                route.body() instanceof Body.Field(FieldDescriptor field)
                        ? codecs.of(request, field)
                        : null;
    }

    Route route() {
        return route;
    }

    /** The method that stands for the route before the request is read. */
    Method<?, ?> first() {
        return of(route.first());
    }

    /** Does the request's body fill anything? */
    boolean takesBody() {
        return whole != null || part != null;
    }

    /** The media types of its answers; errors aside, which are JSON always. */
    List<String> mediaTypes() {
        String json = "application/json";
        return route.streaming() == null
                ? List.of(json)
                : List.of(json, EventFormat.SSE.mediaType(), EventFormat.NDJSON.mediaType());
    }

    /** The method that a request is for. */
    Method<?, ?> choose(Message message) {
        return of(route.choose(message));
    }

    /**
     * Reads a request.
     *
     * @param content the body; null where there was none
     * @param variables those of the path
     * @param query as it was sent
     * @throws ApiException where the body is not what its type says
     */
    Inbound read(@Nullable Content content, List<String> variables, String query) {
        Map<String, List<String>> parameters;
        try {
            parameters = QueryString.parse(query);
        } catch (ParameterException e) {
            throw RestErrors.malformedQuery().toException();
        }
        Inbound inbound = new Inbound(request);
        switch (content) {
            case null -> {}
            case Content.Json(byte[] json) -> readBody(json, inbound);
            case Content.Form form -> fill(form, inbound);
        }
        try {
            inbound.message(route.bind(inbound.message(), variables, parameters));
        } catch (ParameterException e) {
            inbound.wrong(e);
        }
        return inbound;
    }

    private void readBody(byte[] json, Inbound inbound) {
        try {
            if (part != null) {
                inbound.message(part.read(json, request));
            } else if (whole != null) {
                inbound.message(whole.read(json));
            }
        } catch (JsonException e) {
            Message partial = e.partial();
            if (partial == null) {
                throw RestErrors.malformed(e).toException();
            }
            inbound.message(partial);
            inbound.wrong(e, bodyField());
        }
    }

    private void fill(Content.Form form, Inbound inbound) {
        byte[] bytes = form.bytes();
        try {
            inbound.message(
                    switch (form.type()) {
                        case FormType.UrlEncoded() ->
                                route.fill(request, UrlEncodedForm.parse(bytes));
                        case FormType.Multipart parts ->
                                route.fill(request, MultipartForm.parse(bytes, parts));
                    });
        } catch (FormException e) {
            throw RestErrors.malformed(e).toException();
        } catch (ParameterException e) {
            inbound.wrong(e, bodyField());
        }
    }

    /** The name of the field that the body fills; empty where that is the request. */
    private String bodyField() {
        return route.body() instanceof Body.Field(var field) ? field.getName() : "";
    }

    /** Appends the one answer of a unary method. */
    void write(Method<?, ?> method, Message response, JsonBuffer out) {
        form(method).write(response, out);
    }

    /** For the answers of a streaming method; one for each call. */
    ResponseForm.Writer stream(Method<?, ?> method) {
        return form(method).stream();
    }

    private Method<?, ?> of(MethodDescriptor descriptor) {
        Method<?, ?> method = methods.get(descriptor);
        if (method == null) {
            throw new IllegalStateException(descriptor.getFullName() + " is not behind " + route);
        }
        return method;
    }

    private ResponseForm form(Method<?, ?> method) {
        ResponseForm form = responses.get(method.descriptor());
        if (form == null) {
            throw new IllegalStateException(method + " is not behind " + route);
        }
        return form;
    }
}
