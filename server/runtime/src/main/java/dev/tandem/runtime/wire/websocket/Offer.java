package dev.tandem.runtime.wire.websocket;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Reasons;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers in {@code Sec-WebSocket-Protocol}: subprotocols, and perhaps a credential. A
 * web page can set no other header of a WebSocket's request.
 *
 * @param subprotocols in the order of the client's liking
 * @param credentials keys or tokens
 */
record Offer(List<String> subprotocols, List<String> credentials) {
    static final String HEADER = "sec-websocket-protocol";

    /** Of who names nothing. */
    static final Offer NOTHING = new Offer(List.of(), List.of());

    /** What stands in front of a key or token. */
    private static final String CREDENTIAL = "tandem.bearer.";

    static Offer of(Map<String, List<String>> headers) {
        List<String> subprotocols = new ArrayList<>();
        List<String> credentials = new ArrayList<>();
        for (String value : headers.getOrDefault(HEADER, List.of())) {
            for (String name : value.split(",", -1)) {
                String plain = name.strip();
                if (plain.startsWith(CREDENTIAL)) {
                    credentials.add(plain.substring(CREDENTIAL.length()));
                } else if (!plain.isEmpty()) {
                    subprotocols.add(plain);
                }
            }
        }
        return new Offer(List.copyOf(subprotocols), List.copyOf(credentials));
    }

    /**
     * The head of the call: a credential stands where every other client's does, and nowhere else.
     *
     * @param method the full name of what is called
     */
    Head head(Head asked, String method) {
        Map<String, List<String>> headers = new HashMap<>(asked.headers());
        if (!credentials.isEmpty()) {
            List<String> shown = new ArrayList<>(headers.getOrDefault("authorization", List.of()));
            credentials.forEach(each -> shown.add("Bearer " + each));
            headers.put("authorization", List.copyOf(shown));
            headers.put(HEADER, List.of(String.join(", ", subprotocols)));
        }
        return new Head(
                Head.Wire.WEBSOCKET,
                asked.verb(),
                asked.path(),
                method,
                headers,
                asked.peer(),
                asked.peerCertificate());
    }

    /** The first that the server speaks; null where there is none. */
    @Nullable Subprotocol chosen() {
        return subprotocols.stream()
                .map(Subprotocol::named)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What is wrong with it; null where nothing is. */
    @Nullable ApiError refusal() {
        return equals(NOTHING) || chosen() != null
                ? null
                : ApiError.ofParam(
                        Reasons.INVALID_HEADER,
                        HEADER,
                        "The server speaks the subprotocols "
                                + Subprotocol.JSON.word()
                                + " and "
                                + Subprotocol.PROTO.word()
                                + "; offer one of them, or none and no credential beside.");
    }
}
