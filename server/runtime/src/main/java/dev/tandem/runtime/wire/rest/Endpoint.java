package dev.tandem.runtime.wire.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Method;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.JsonStream;
import dev.tandem.transcoding.route.Body;
import dev.tandem.transcoding.route.ParameterException;
import dev.tandem.transcoding.route.QueryString;
import dev.tandem.transcoding.route.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A route with the methods behind it and the codecs of their messages. Immutable. */
final class Endpoint {
    private final Route route;
    private final Map<MethodDescriptor, Method<?, ?>> methods = new HashMap<>();
    private final Map<MethodDescriptor, JsonCodec> responses = new HashMap<>();
    private final Message request; // the default instance
    private final @Nullable JsonCodec body;

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
            responses.put(descriptor, codecs.of(field(method.response(), route.responseBody())));
        }
        request = first().request();
        body =
                switch (route.body()) {
                    case Body.None() -> null;
                    case Body.Whole() -> codecs.of(request);
                    case Body.Field(FieldDescriptor field) -> codecs.of(field(request, field));
                };
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
        return body != null;
    }

    /** The method that a request is for. */
    Method<?, ?> choose(Message message) {
        return of(route.choose(message));
    }

    /**
     * Reads a request.
     *
     * @param json the body; null where there was none
     * @param variables those of the path
     * @param query as it was sent
     * @throws ApiException where any of them does not fit the request's type
     */
    Message read(byte @Nullable [] json, List<String> variables, String query) {
        try {
            return route.bind(readBody(json), variables, QueryString.parse(query));
        } catch (ParameterException e) {
            throw RestErrors.of(e).toException();
        }
    }

    private Message readBody(byte @Nullable [] json) {
        if (body == null || json == null) {
            return request;
        }
        if (route.body() instanceof Body.Field(FieldDescriptor field)) {
            try {
                return request.toBuilder().setField(field, body.read(json)).build();
            } catch (JsonException e) {
                throw RestErrors.of(e, field.getName()).toException();
            }
        }
        try {
            return body.read(json);
        } catch (JsonException e) {
            throw RestErrors.of(e).toException();
        }
    }

    /** Appends the one answer of a unary method. */
    void write(Method<?, ?> method, Message response, JsonBuffer out) {
        codec(method).write(bodyOf(response), out);
    }

    /** For the answers of a streaming method; one for each call. */
    JsonStream stream(Method<?, ?> method) {
        return codec(method).stream();
    }

    /** The part of a response that is the answer's body. */
    Message bodyOf(Message response) {
        return field(response, route.responseBody());
    }

    private Method<?, ?> of(MethodDescriptor descriptor) {
        Method<?, ?> method = methods.get(descriptor);
        if (method == null) {
            throw new IllegalStateException(descriptor.getFullName() + " is not behind " + route);
        }
        return method;
    }

    private JsonCodec codec(Method<?, ?> method) {
        JsonCodec codec = responses.get(method.descriptor());
        if (codec == null) {
            throw new IllegalStateException(method + " is not behind " + route);
        }
        return codec;
    }

    private static Message field(Message message, @Nullable FieldDescriptor field) {
        return field == null ? message : (Message) message.getField(field);
    }
}
