package dev.tandem.runtime.wire.websocket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.MisshapenMessageException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RpcReasons;
import dev.tandem.runtime.wire.rest.ResponseForm;
import dev.tandem.runtime.wire.rest.RestErrors;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Violation;
import dev.tandem.transcoding.route.ParameterException;
import dev.tandem.transcoding.route.QueryString;
import dev.tandem.transcoding.route.Route;
import java.util.List;
import java.util.Map;

/** A route that is a WebSocket, with the method behind it and its messages. Immutable. */
final class SocketEndpoint {
    private final Route route;
    private final Method<?, ?> method;
    private final JsonCodec request;
    private final ResponseForm response;

    /**
     * @param method with all policies around it
     * @param codecs those of the route's profile
     */
    SocketEndpoint(Route route, Method<?, ?> method, JsonCodecs codecs) {
        this.route = route;
        this.method = method;
        this.request = codecs.of(method.request());
        this.response = ResponseForm.of(method.response(), route.responseBody(), codecs);
    }

    Route route() {
        return route;
    }

    Method<?, ?> method() {
        return method;
    }

    /**
     * What path and query give the first message.
     *
     * @param variables those of the path
     * @param query as it was sent
     * @throws ApiException where they do not fit
     */
    Message parameters(List<String> variables, String query) {
        try {
            return route.bind(method.request(), variables, parsed(query));
        } catch (ParameterException e) {
            throw ApiError.violations(violations(e.violations())).toException();
        }
    }

    private static Map<String, List<String>> parsed(String query) {
        try {
            return QueryString.parse(query);
        } catch (ParameterException e) {
            throw RestErrors.malformedQuery().toException();
        }
    }

    /**
     * Reads a message: text is JSON, bytes are protobuf.
     *
     * @throws ApiException where it is none
     */
    Message read(Incoming.Data data) {
        return data.text() ? json(data.bytes()) : protobuf(data.bytes());
    }

    private Message json(byte[] text) {
        try {
            return request.read(text);
        } catch (JsonException e) {
            Message partial = e.partial();
            if (partial == null) {
                throw ApiError.of(Reasons.INVALID_JSON, String.valueOf(e.getMessage()))
                        .toException();
            }
            throw new MisshapenMessageException(partial, violations(e.violations()), e.count());
        }
    }

    private Message protobuf(byte[] bytes) {
        try {
            return method.request().getParserForType().parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw ApiError.of(
                            RpcReasons.MALFORMED_MESSAGE,
                            "The message is not valid protobuf of its declared type.")
                    .toException();
        }
    }

    private static List<ApiError.Violation> violations(List<Violation> found) {
        return found.stream()
                .map(each -> ApiError.Violation.saying(each.path(), each.rule(), each.message()))
                .toList();
    }

    /** For the messages of one answer in JSON, on one thread at a time. */
    ResponseForm.Writer json() {
        return response.stream();
    }
}
