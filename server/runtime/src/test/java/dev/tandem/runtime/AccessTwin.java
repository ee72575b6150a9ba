package dev.tandem.runtime;

import io.grpc.Status;

/** How a refusal is told by HTTP, by gRPC and by Connect. */
record AccessTwin(int http, Status.Code grpc, String connect) {
    static AccessTwin of(String reason) {
        return switch (reason) {
            case "unauthenticated",
                    "invalid_credentials",
                    "expired_credentials",
                    "malformed_credentials" ->
                    new AccessTwin(401, Status.Code.UNAUTHENTICATED, "unauthenticated");
            case "insufficient_scope" ->
                    new AccessTwin(403, Status.Code.PERMISSION_DENIED, "permission_denied");
            case "ambiguous_credentials" ->
                    new AccessTwin(400, Status.Code.INVALID_ARGUMENT, "invalid_argument");
            default -> throw new AssertionError("refused for another reason: " + reason);
        };
    }
}
