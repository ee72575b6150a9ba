package dev.tandem.testing;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads Connect's errors: the body of a unary answer, and the last message of a stream. */
final class ConnectErrors {
    private static final JsonCodec OBJECT =
            new JsonCodecs(Profile.CANONICAL).of(Struct.getDefaultInstance());
    private static final String TYPES = "type.googleapis.com/";

    private ConnectErrors() {}

    /** The end that a stream's last message tells. */
    static RpcEnd ofLastMessage(String json) {
        Struct last = object(json);
        Map<String, List<String>> trailers = new LinkedHashMap<>();
        field(last, "metadata")
                .getStructValue()
                .getFieldsMap()
                .forEach((name, values) ->
                        trailers.put(
                                name.toLowerCase(Locale.ROOT),
                                values.getListValue().getValuesList().stream()
                                        .map(Value::getStringValue)
                                        .toList()));
        if (!last.containsFields("error")) {
            return new RpcEnd(0, null, trailers);
        }
        return ofError(field(last, "error").getStructValue(), trailers);
    }

    /** The end that the body of a unary answer tells that is not 200. */
    static RpcEnd ofBody(String json) {
        return ofError(object(json), Map.of());
    }

    private static RpcEnd ofError(Struct error, Map<String, List<String>> trailers) {
        com.google.rpc.Status.Builder details = com.google.rpc.Status.newBuilder();
        field(error, "details").getListValue().getValuesList().stream()
                .map(Value::getStructValue)
                .forEach(each -> details.addDetails(detail(each)));
        return new RpcEnd(
                code(field(error, "code").getStringValue()),
                GrpcErrors.of(field(error, "message").getStringValue(), details.build()),
                trailers);
    }

    private static Any detail(Struct detail) {
        byte[] value = Base64.getDecoder().decode(field(detail, "value").getStringValue());
        return Any.newBuilder()
                .setTypeUrl(TYPES + field(detail, "type").getStringValue())
                .setValue(ByteString.copyFrom(value))
                .build();
    }

    private static int code(String name) {
        String constant = name.equals("canceled") ? "CANCELLED" : name.toUpperCase(Locale.ROOT);
        return Status.Code.valueOf(constant).value();
    }

    private static Struct object(String json) {
        try {
            return (Struct) OBJECT.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalStateException("the server sent what is no error: " + json, e);
        }
    }

    private static Value field(Struct object, String name) {
        return object.getFieldsMap().getOrDefault(name, Value.getDefaultInstance());
    }
}
