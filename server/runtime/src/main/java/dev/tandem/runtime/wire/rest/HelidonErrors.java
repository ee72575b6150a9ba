package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.wire.connection.RefusedRequest;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;

/** Errors that Helidon finds, or that a page throws, in the one form of all errors. */
final class HelidonErrors implements DirectHandler {
    private static final Logger LOG = System.getLogger(HelidonErrors.class.getName());

    /** Helidon does not say who sent it. */
    private static final InetSocketAddress UNKNOWN = InetSocketAddress.createUnresolved("-", 0);

    private final RefusedCalls refused;
    private final int largestBody;

    private HelidonErrors(RefusedCalls refused, int largestBody) {
        this.refused = refused;
        this.largestBody = largestBody;
    }

    /**
     * For every kind of event that Helidon answers by itself.
     *
     * @param largestBody of a method, in bytes
     */
    static DirectHandlers everywhere(RefusedCalls refused, int largestBody) {
        HelidonErrors handler = new HelidonErrors(refused, largestBody);
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        ApiError error;
        String requestId;
        if (request instanceof RefusedRequest ours) {
            error = ours.error();
            requestId = refused.told(ours);
        } else {
            error = ofStatus(status, message == null ? "" : message);
            requestId =
                    refused.told(
                            new RefusedRequest(request.method(), request.path(), UNKNOWN, error));
        }
        if (error.code() == Code.TOO_LARGE) {
            error = RestErrors.tooLarge(largestBody); // not the limit above all limits
        }
        headers.set(HeaderNames.CONTENT_TYPE, "application/json");
        headers.set(Reply.REQUEST_ID, requestId);
        return TransportResponse.builder()
                .status(Status.create(error.code().http()))
                .headers(headers)
                .entity(ErrorJson.of(error, requestId))
                .build();
    }

    /** What a route threw. */
    static ApiError translated(Throwable thrown, Call call) {
        if (thrown instanceof ApiException e) {
            return e.error();
        }
        if (thrown instanceof RequestException e) {
            return translated(e);
        }
        if (thrown instanceof HttpException e && e.status().code() < 500) {
            return ofStatus(e.status(), "");
        }
        LOG.log(Level.ERROR, "call " + call + " failed", thrown);
        return ApiError.internal();
    }

    /** What is wrong with a request on the level of HTTP. */
    static ApiError translated(RequestException e) {
        return e.request() instanceof RefusedRequest refused
                ? refused.error()
                : ofStatus(e.status(), e.safeMessage() ? String.valueOf(e.getMessage()) : "");
    }

    private static ApiError ofStatus(Status status, String message) {
        return switch (status.code()) {
            case 401 -> ApiError.of(Reasons.UNAUTHENTICATED, "No valid credential.");
            case 403 -> ApiError.of(Reasons.FORBIDDEN, "This is not allowed.");
            case 404 -> RestErrors.unknownPath("");
            case 405 ->
                    ApiError.of(
                            Reasons.METHOD_NOT_ALLOWED,
                            "This path does not take this HTTP method.");
            case 413 ->
                    ApiError.of(
                            Reasons.REQUEST_TOO_LARGE,
                            "The request is larger than this server takes.");
            case 414 ->
                    ApiError.of(
                            Reasons.BAD_REQUEST,
                            "The URL is longer than this server takes; send the fields in a body.");
            case 415 -> RestErrors.notJson();
            case 501 -> ApiError.of(Reasons.UNIMPLEMENTED, "The server does not do this.");
            case 505 ->
                    ApiError.of(
                            Reasons.HTTP_VERSION_NOT_SUPPORTED,
                            "The server speaks HTTP/1.1 and HTTP/2, not HTTP/1.0; behind nginx set"
                                    + " proxy_http_version 1.1.");
            case 503 -> ApiError.of(Reasons.OVERLOADED, "The server is busy; try again soon.");
            default ->
                    status.code() < 500
                            ? ApiError.of(
                                    Reasons.BAD_REQUEST,
                                    message.isEmpty()
                                            ? "The request is no valid HTTP."
                                            : "The request is no valid HTTP: " + message)
                            : ApiError.internal();
        };
    }
}
