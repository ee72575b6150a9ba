package dev.tandem.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A few connections to one Redis, each used by one thread at a time. */
final class Connections implements AutoCloseable {
    private static final int MOST = 16;

    /** Of a key store that never leaves the memory and has nothing but certificates. */
    private static final char[] NO_SECRET = "certificates".toCharArray();

    /** Longer than anybody waits, so that an answer that comes late can be undone. */
    private static final Duration LATE_ANSWERS = Duration.ofSeconds(1);

    private final HostAndPort address;
    private final DefaultJedisClientConfig config;
    private final Duration patience;
    private final Semaphore room = new Semaphore(MOST);
    private final ConcurrentLinkedDeque<Jedis> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /**
     * @throws IllegalArgumentException where the file of the authorities cannot be used
     */
    Connections(RedisSettings settings) {
        address = new HostAndPort(settings.url().getHost(), settings.port());
        patience = settings.patience();
        DefaultJedisClientConfig.Builder builder =
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis((int) patience.toMillis())
                        .socketTimeoutMillis((int) LATE_ANSWERS.toMillis())
                        .database(settings.database())
                        .clientName("tandem");
        settings.user().ifPresent(builder::user);
        settings.password().ifPresent(builder::password);
        if (settings.tls()) {
            builder.sslOptions(encryption(settings));
        }
        config = builder.build();
    }

    /** The certificate must have the host's name. */
    private static SslOptions encryption(RedisSettings settings) {
        SslOptions.Builder options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
        settings.authority()
                .ifPresent(file -> {
                    byte[] store = trusting(file);
                    options.trustStoreType("PKCS12")
                            .truststore(() -> new ByteArrayInputStream(store), NO_SECRET.clone());
                });
        return options.build();
    }

    /** Jedis reads authorities from the bytes of a key store only. */
    private static byte[] trusting(Path file) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Authorities.in(file).store(bytes, NO_SECRET.clone());
            return bytes.toByteArray();
        } catch (IOException | GeneralSecurityException e) {
            throw Authorities.unreadable(file, e);
        }
    }

    /**
     * Does something with a connection; not on a thread that may be interrupted, which would close
     * it.
     *
     * @throws redis.clients.jedis.exceptions.JedisException where Redis cannot be reached or
     *     refuses
     */
    <T> T with(Function<Jedis, T> step) throws InterruptedException {
        if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new JedisConnectionException("every connection is in use");
        }
        Jedis redis = null;
        boolean good = false;
        try {
            redis = idle.pollFirst();
            if (redis == null) {
                redis = new Jedis(address, config);
            }
            T result = step.apply(redis);
            good = true;
            return result;
        } finally {
            if (redis != null) {
                giveBack(redis, good);
            }
            room.release();
        }
    }

    private void giveBack(Jedis redis, boolean good) {
        if (good && !closed) {
            idle.addFirst(redis);
        } else {
            redis.close();
        }
    }

    /** Closes those that nobody uses: after Redis was away they lead nowhere. */
    void drop() {
        for (Jedis redis = idle.pollFirst(); redis != null; redis = idle.pollFirst()) {
            redis.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}
