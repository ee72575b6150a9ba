package dev.tandem.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.v1.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Requests as callers write them, in the JSON of the contract. */
public final class Requested {
    private static final JsonCodecs CODECS = new JsonCodecs(Profile.CONTRACT);

    private Requested() {}

    /**
     * A request to say hello, with more fields.
     *
     * @param more JSON with single quotes, without its braces
     */
    public static ChatRequest with(String more) {
        return of("'messages': [{'role': 'user', 'content': 'Hello.'}], " + more);
    }

    /** A request with these messages: JSON with single quotes. */
    public static ChatRequest saying(String messages) {
        return of("'messages': [" + messages + "]");
    }

    private static ChatRequest of(String fields) {
        String json = "{'model': 'm', " + fields + "}";
        try {
            return (ChatRequest)
                    CODECS.of(ChatRequest.getDefaultInstance())
                            .read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Is it refused, with the field's place? */
    public static void refused(Function<ChatRequest, ?> engine, ChatRequest request, String place) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> engine.apply(request))
                .satisfies(e -> {
                    assertThat(e.error().reason()).isEqualTo("unsupported_value");
                    assertThat(e.error().param()).isEqualTo(place);
                });
    }
}
