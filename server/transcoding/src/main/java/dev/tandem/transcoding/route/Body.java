package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.FieldDescriptor;

/** What the body of a request fills. */
public sealed interface Body {
    /** Nothing: the fields come from the path and the query. */
    record None() implements Body {}

    /** The whole request but what the path fills; the query fills nothing. */
    record Whole() implements Body {}

    /**
     * One field of the request; the others come from the path and the query.
     *
     * @param field of any type: a message, a scalar, a list or a map
     */
    record Field(FieldDescriptor field) implements Body {}
}
