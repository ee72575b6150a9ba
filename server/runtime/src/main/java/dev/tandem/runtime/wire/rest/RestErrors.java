package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.transcoding.form.FormException;
import dev.tandem.transcoding.json.JsonException;
import java.util.List;
import java.util.SortedSet;

/** The errors that this wire itself finds. */
public final class RestErrors {
    private RestErrors() {}

    /**
     * @param instead a path at which there is something; empty where none is known
     */
    static ApiError unknownPath(String instead) {
        return ApiError.of(
                Reasons.NOT_FOUND,
                instead.isEmpty()
                        ? "There is nothing at this path; check the URL."
                        : "There is nothing at this path, but at "
                                + instead
                                + "; mind the slashes.");
    }

    static ApiError malformedPath() {
        return ApiError.of(
                Reasons.INVALID_PATH, "The path cannot be read: it must be percent-encoded UTF-8.");
    }

    /** A query that cannot be decoded. */
    public static ApiError malformedQuery() {
        return ApiError.of(
                Reasons.INVALID_QUERY,
                "The query cannot be read: it must be percent-encoded UTF-8.");
    }

    /**
     * @param offered what the path can answer with
     */
    static ApiError notAcceptable(List<String> offered) {
        return ApiError.of(
                Reasons.NOT_ACCEPTABLE,
                "The Accept header allows nothing that this path answers with: "
                        + String.join(", ", offered)
                        + ".");
    }

    static ApiError unexpectedBody() {
        return ApiError.of(
                Reasons.UNEXPECTED_BODY,
                "This path takes no body; send the fields as parameters in the query.");
    }

    static ApiError notGzip() {
        return ApiError.of(
                Reasons.MALFORMED_BODY,
                "The body is not gzip, or ends too early; the content-encoding says gzip.");
    }

    /** The same error for a request whose fields are missing because it came without a body. */
    static ApiError withoutBody(ApiError error) {
        return error.saying(
                "The request has no body; its fields are read from one. " + error.message());
    }

    static ApiError upgradeRequired() {
        return ApiError.of(
                Reasons.UPGRADE_REQUIRED,
                "This path is a WebSocket: open it over HTTP/1.1 with the headers upgrade: websocket"
                        + " and connection: upgrade.");
    }

    static ApiError otherVerbs(SortedSet<String> allowed) {
        return ApiError.of(
                Reasons.METHOD_NOT_ALLOWED, "This path takes " + String.join(", ", allowed) + ".");
    }

    static ApiError tooLarge(long limit) {
        return ApiError.of(
                Reasons.REQUEST_TOO_LARGE,
                "The request body is larger than the " + limit + " bytes that this server takes.");
    }

    static ApiError tooSlow() {
        return ApiError.of(
                Reasons.REQUEST_TIMEOUT,
                "The request's body did not come, or came too slowly; send it at once.");
    }

    static ApiError notJson() {
        return ApiError.of(
                Reasons.UNSUPPORTED_MEDIA_TYPE,
                "Send the body as JSON in UTF-8, with the header content-type: application/json.");
    }

    static ApiError notJsonNorForm() {
        return ApiError.of(
                Reasons.UNSUPPORTED_MEDIA_TYPE,
                "Send the body in UTF-8 as application/json, application/x-www-form-urlencoded or"
                        + " multipart/form-data, and say which in the header content-type.");
    }

    static ApiError encoded() {
        return ApiError.of(
                Reasons.UNSUPPORTED_CONTENT_ENCODING,
                "Send the body as it is or packed by gzip, once.");
    }

    static ApiError malformed(FormException e) {
        return ApiError.of(Reasons.MALFORMED_FORM, e.getMessage());
    }

    static ApiError malformed(JsonException e) {
        return ApiError.of(Reasons.INVALID_JSON, String.valueOf(e.getMessage()));
    }
}
