package dev.tandem.runtime.wire.rest;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.MisshapenMessageException;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Violation;
import dev.tandem.transcoding.route.ParameterException;
import java.util.ArrayList;
import java.util.List;

/** A request as it is read from body, path and query, and what of them does not fit its type. */
final class Inbound {
    private final List<ApiError.Violation> misshapen = new ArrayList<>(0);
    private int count;
    private Message message;

    /**
     * @param message what stands for a request of which nothing is read
     */
    Inbound(Message message) {
        this.message = message;
    }

    /** What could be read so far. */
    Message message() {
        return message;
    }

    void message(Message read) {
        message = read;
    }

    /**
     * Notes what is wrong with JSON that fills a field, or with all of it where the field's name is
     * empty.
     */
    void wrong(JsonException e, String field) {
        note(e.violations(), field);
        count += e.count() - e.violations().size();
    }

    /** Notes parameters that do not fit, of the request itself. */
    void wrong(ParameterException e) {
        wrong(e, "");
    }

    /** Notes fields of a form that do not fit, which fills a field or, without a name, all. */
    void wrong(ParameterException e, String field) {
        note(e.violations(), field);
        Message partial = e.partial();
        if (partial != null) {
            message = partial;
        }
    }

    private void note(List<Violation> violations, String field) {
        count += violations.size();
        violations.forEach(each ->
                misshapen.add(
                        ApiError.Violation.saying(
                                joined(field, each.path()), each.rule(), each.message())));
    }

    /**
     * The request.
     *
     * @throws MisshapenMessageException where something does not fit
     */
    Message checked() {
        if (!misshapen.isEmpty()) {
            throw new MisshapenMessageException(message, misshapen, count);
        }
        return message;
    }

    private static String joined(String field, String path) {
        if (field.isEmpty() || path.isEmpty()) {
            return field + path;
        }
        return path.startsWith("[") ? field + path : field + "." + path;
    }
}
