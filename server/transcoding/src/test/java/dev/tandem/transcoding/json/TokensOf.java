package dev.tandem.transcoding.json;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** JSON as a list of tokens, numbers by value: {@code 1.0E10} is {@code 10000000000}. */
final class TokensOf {
    private TokensOf() {}

    static List<Object> json(String json) {
        List<Object> tokens = new ArrayList<>();
        try (JsonParser parser = Source.JSON.createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens.add(
                        token.isNumeric()
                                ? (Object) parser.getDoubleValue()
                                : token + " " + parser.getString());
            }
        }
        return tokens;
    }
}
