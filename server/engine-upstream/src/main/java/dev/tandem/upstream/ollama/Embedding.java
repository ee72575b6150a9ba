package dev.tandem.upstream.ollama;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Refusal;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.UpstreamErrors;
import dev.tandem.upstream.ask.VectorCheck;
import dev.tandem.v1.EmbeddingRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Texts as vectors: {@code /api/embed}. */
final class Embedding {
    private static final JsonFactory JSON = new JsonFactory();

    private Embedding() {}

    /** Texts that are too long are refused by the server rather than cut. */
    static JsonObject request(EmbeddingRequest request) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < request.getInputCount(); i++) {
            if (request.getInput(i).hasTokens()) {
                throw Refusal.unsupportedValue(
                        "input[" + i + "]", "This model takes texts only, not tokens.");
            }
            texts.add(request.getInput(i).getText());
        }
        JsonObject body =
                JsonObject.of("model", request.getModel())
                        .put("input", texts)
                        .put("truncate", false);
        if (request.hasDimensions()) {
            body.put("dimensions", request.getDimensions());
        }
        return body;
    }

    /** Reads an answer without a tree: it may hold millions of numbers. */
    static Embeddings read(byte[] json, int inputs, UpstreamErrors errors) {
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("embeddings") && value == JsonToken.START_ARRAY) {
                    vectors(parser, vectors);
                } else if (name.equals("prompt_eval_count") && value.isNumeric()) {
                    tokens = parser.getIntValue();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw errors.broken("what it sent is no answer of this API");
        }
        VectorCheck.check(vectors, inputs, errors);
        return new Embeddings(vectors, tokens);
    }

    private static void vectors(JsonParser parser, List<float[]> vectors) {
        float[] room = new float[1024];
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            int length = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (length == room.length) {
                    room = Arrays.copyOf(room, 2 * length);
                }
                room[length++] = parser.getFloatValue();
            }
            vectors.add(Arrays.copyOf(room, length));
        }
    }
}
