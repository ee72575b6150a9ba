package dev.tandem.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A program that Redis runs as a whole. Sent once to each Redis, then named by its hash. */
final class Script {
    private final String text;
    private final String sha;

    private Script(String text) {
        this.text = text;
        this.sha = sha(text);
    }

    /** The resource of this name, behind what all scripts have in common. */
    static Script named(String name) {
        return new Script(read("window") + read(name));
    }

    private static String read(String name) {
        try (InputStream bytes = Script.class.getResourceAsStream(name + ".lua")) {
            if (bytes == null) {
                throw new IllegalStateException(name + ".lua is missing beside the classes");
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1"); // what EVALSHA goes by
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Object run(Jedis redis, List<String> keys, List<String> arguments) {
        try {
            return redis.evalsha(sha, keys, arguments);
        } catch (JedisNoScriptException e) {
            return redis.eval(text, keys, arguments); // a Redis that was started anew
        }
    }
}
