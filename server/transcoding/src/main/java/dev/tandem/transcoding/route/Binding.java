package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.tandem.transcoding.json.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One binding of one method, before bindings of two methods become one route. */
record Binding(
        MethodDescriptor method,
        String verb,
        PathTemplate path,
        List<FieldPath> fields,
        Body body,
        @Nullable FieldDescriptor responseBody,
        Profile profile) {

    /** A route that this method answers alone. */
    Route alone() {
        boolean streams = method.isServerStreaming();
        return new Route(
                verb,
                path,
                fields,
                streams ? null : method,
                streams ? method : null,
                null,
                body,
                responseBody,
                profile);
    }

    /** Bindings with equal keys match the same requests. */
    String key() {
        return verb + " " + path.shape();
    }

    @Override
    public String toString() {
        return verb + " " + path;
    }
}
