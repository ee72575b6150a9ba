package dev.tandem.gateway.service;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * Ids of answers: the kind of answer ({@code chatcmpl}), a hyphen and 96 random bits in
 * hexadecimal.
 */
public final class AnswerIds implements UnaryOperator<String> {
    private final SecureRandom random = new SecureRandom();

    @Override
    public String apply(String kind) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return kind + '-' + HexFormat.of().formatHex(bytes);
    }
}
