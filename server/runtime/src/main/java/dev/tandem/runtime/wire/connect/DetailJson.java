package dev.tandem.runtime.wire.connect;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The details that this server makes, as people read them. */
final class DetailJson {
    private static final JsonCodecs CODECS = new JsonCodecs(Profile.CANONICAL);
    private static final Map<String, Message> KNOWN =
            Stream.<Message>of(
                            ErrorInfo.getDefaultInstance(),
                            BadRequest.getDefaultInstance(),
                            QuotaFailure.getDefaultInstance(),
                            RetryInfo.getDefaultInstance())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    type ->
                                            "type.googleapis.com/"
                                                    + type.getDescriptorForType().getFullName(),
                                    Function.identity()));

    private DetailJson() {}

    /** The detail as JSON; empty where its type is not known here. */
    static Optional<String> of(Any detail) {
        Message type = KNOWN.get(detail.getTypeUrl());
        if (type == null) {
            return Optional.empty();
        }
        try {
            Message message = type.getParserForType().parseFrom(detail.getValue());
            JsonBuffer json = new JsonBuffer();
            CODECS.of(type).write(message, json);
            return Optional.of(json.toString());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return Optional.empty(); // a hosted service's, told as it is
        }
    }
}
