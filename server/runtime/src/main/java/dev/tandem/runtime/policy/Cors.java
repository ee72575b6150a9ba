package dev.tandem.runtime.policy;

import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Policy;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells browsers that pages of certain other origins may call and read the answers (CORS, as the
 * Fetch standard has it). Preflights are answered here, for every wire, and need no credential.
 */
public final class Cors implements Policy {
    private static final int NO_CONTENT = 204;
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

    /** What REST, gRPC-Web, Connect, their clients, credentials and traces need. */
    private static final List<String> REQUEST_HEADERS =
            List.of(
                    "accept",
                    "api-key",
                    "authorization",
                    "baggage",
                    "connect-accept-encoding",
                    "connect-content-encoding",
                    "connect-protocol-version",
                    "connect-timeout-ms",
                    "content-encoding",
                    "content-type",
                    "grpc-accept-encoding",
                    "grpc-encoding",
                    "grpc-timeout",
                    "idempotency-key",
                    "openai-beta",
                    "openai-organization",
                    "openai-project",
                    "traceparent",
                    "tracestate",
                    "x-api-key",
                    "x-grpc-web",
                    "x-idempotency-key",
                    "x-request-id",
                    "x-request-timeout",
                    "x-stainless-arch",
                    "x-stainless-helper-method",
                    "x-stainless-lang",
                    "x-stainless-os",
                    "x-stainless-package-version",
                    "x-stainless-poll-helper",
                    "x-stainless-retry-count",
                    "x-stainless-runtime",
                    "x-stainless-runtime-version",
                    "x-stainless-timeout",
                    "x-user-agent");

    private static final String EXPOSED =
            String.join(
                    ", ",
                    "connect-content-encoding",
                    "connect-accept-encoding",
                    "content-encoding",
                    "grpc-encoding",
                    "grpc-message",
                    "grpc-status",
                    "grpc-status-details-bin",
                    "retry-after",
                    "trailer-x-request-id",
                    "www-authenticate",
                    "x-ratelimit-limit-requests",
                    "x-ratelimit-limit-tokens",
                    "x-ratelimit-remaining-requests",
                    "x-ratelimit-remaining-tokens",
                    "x-ratelimit-reset-requests",
                    "x-ratelimit-reset-tokens",
                    "x-request-id");

    private final Supplier<CorsSettings> current;

    /**
     * @param current asked by every call: which origins may call now
     */
    public Cors(Supplier<CorsSettings> current) {
        this.current = current;
    }

    @Override
    public void admit(Call call) {
        Head head = call.head();
        CorsSettings settings = current.get();
        if (head.wire() == Head.Wire.GRPC || settings.origins().isEmpty()) {
            return; // no browser speaks gRPC
        }
        String origin = head.header("origin").orElse("");
        boolean preflight =
                head.verb().equals("OPTIONS")
                        && !origin.isEmpty()
                        && head.headers().containsKey("access-control-request-method");
        Answer answer = call.answer();
        answer.header(
                "vary",
                preflight
                        ? "origin, access-control-request-method, access-control-request-headers"
                        : "origin");
        if (!settings.allows(origin)) {
            return;
        }
        answer.header("access-control-allow-origin", origin);
        if (settings.credentials()) {
            answer.header("access-control-allow-credentials", "true");
        }
        if (preflight) {
            preflight(settings, head, answer);
        } else {
            answer.header("access-control-expose-headers", EXPOSED);
        }
    }

    private static void preflight(CorsSettings settings, Head head, Answer answer) {
        answer.header("access-control-allow-methods", METHODS);
        answer.header("access-control-allow-headers", requestHeaders(settings));
        answer.header("access-control-max-age", String.valueOf(settings.maxAge().toSeconds()));
        if (head.header("access-control-request-private-network").orElse("").equals("true")) {
            answer.header("access-control-allow-private-network", "true");
        }
        answer.bare(NO_CONTENT);
    }

    private static String requestHeaders(CorsSettings settings) {
        StringBuilder all = new StringBuilder(String.join(", ", REQUEST_HEADERS));
        settings.headers().forEach(name -> all.append(", ").append(name));
        return all.toString();
    }
}
