package dev.tandem.runtime.wire.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import java.util.Base64;
import java.util.Objects;

/** The status that a call's trailers carry beside its code. */
record ErrorDetails(Status status) {
    static ErrorDetails of(FakeStream stream) throws InvalidProtocolBufferException {
        String encoded = Objects.requireNonNull(stream.trailer("grpc-status-details-bin"));
        return new ErrorDetails(Status.parseFrom(Base64.getDecoder().decode(encoded)));
    }

    <T extends com.google.protobuf.Message> T unpack(Class<T> type)
            throws InvalidProtocolBufferException {
        for (Any any : status.getDetailsList()) {
            if (any.is(type)) {
                return any.unpack(type);
            }
        }
        throw new AssertionError("no " + type + " in " + status);
    }

    ErrorInfo info() throws InvalidProtocolBufferException {
        return unpack(ErrorInfo.class);
    }

    String unpackReason() throws InvalidProtocolBufferException {
        return info().getReason();
    }
}
