package dev.tandem.runtime.wire.websocket;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RpcReasons;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Why a WebSocket ends (RFC 6455, section 7.4, and IANA's registry). What the registry has no word
 * for is 4000 and the HTTP status.
 */
final class CloseCode {
    /** The call is complete. */
    static final int NORMAL = 1000;

    /** The server stops. */
    static final int GOING_AWAY = 1001;

    /** What was sent is no WebSocket. */
    static final int PROTOCOL_ERROR = 1002;

    /** Stands for a Close frame without a code; is never sent. */
    static final int NOT_TOLD = 1005;

    /** What was sent is no message: no UTF-8, no JSON, no protobuf. */
    static final int INVALID_PAYLOAD = 1007;

    /** A message is too large. */
    static final int TOO_BIG = 1009;

    /** A defect of the server's. */
    static final int INTERNAL = 1011;

    /** The same may work later. */
    static final int TRY_LATER = 1013;

    private static final int LAST_REGISTERED = 1014;
    private static final int PRIVATE = 4000;

    /** Bytes of a reason: what a control frame can hold, less the code. */
    private static final int LONGEST_REASON = 123;

    private CloseCode() {}

    /** The code by which an error is told. */
    static int of(ApiError error) {
        if (is(error, Reasons.SERVER_STOPPING.name())) {
            return GOING_AWAY;
        }
        if (is(error, RpcReasons.PROTOCOL_ERROR.name())) {
            return PROTOCOL_ERROR;
        }
        if (is(error, Reasons.INVALID_JSON.name())
                || is(error, RpcReasons.MALFORMED_MESSAGE.name())) {
            return INVALID_PAYLOAD;
        }
        return switch (error.code()) {
            case TOO_LARGE -> TOO_BIG;
            case INTERNAL, UNKNOWN, DATA_LOSS -> INTERNAL;
            case UNAVAILABLE -> TRY_LATER;
            default -> PRIVATE + error.code().http();
        };
    }

    private static boolean is(ApiError error, String reason) {
        return error.reason().equals(reason);
    }

    /** May a client's Close frame have this code? */
    static boolean allowed(int code) {
        return (code >= NORMAL
                        && code <= LAST_REGISTERED
                        && code != 1004
                        && code != 1005
                        && code != 1006)
                || (code >= 3000 && code < 5000);
    }

    /** The reason of a Close frame, cut where it is too long; never within a character. */
    static byte[] reason(ApiError error) {
        String text =
                error.reason().isEmpty()
                        ? error.message()
                        : error.reason() + ": " + error.message();
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        if (all.length <= LONGEST_REASON) {
            return all;
        }
        int end = LONGEST_REASON;
        while ((all[end] & 0xc0) == 0x80) { // within a character
            end--;
        }
        return Arrays.copyOf(all, end);
    }
}
