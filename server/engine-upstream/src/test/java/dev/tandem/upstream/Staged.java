package dev.tandem.upstream;

import dev.tandem.engines.Engine;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.testing.contract.Stage;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.http.HttpSettings;
import dev.tandem.upstream.http.Origin;
import dev.tandem.upstream.http.UpstreamClient;
import dev.tandem.v1.ChatRequest;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** An engine in front of a server that says what a test tells it. */
public final class Staged implements Stage {
    /** Makes the engine of a server. */
    @FunctionalInterface
    public interface EngineOf {
        /** The address has no path. */
        Engine at(URI address, UpstreamClient client);
    }

    private final CountDownLatch asked = new CountDownLatch(1);
    private final RawServer server;
    private final UpstreamClient client;
    private final Engine engine;

    /**
     * @param talk what is said once a request has been read
     */
    public Staged(RawServer.Talk talk, EngineOf make) {
        server =
                RawServer.start(peer -> {
                    peer.request();
                    asked.countDown();
                    talk.with(peer);
                });
        URI address = URI.create("http://127.0.0.1:" + server.port());
        try {
            client =
                    new UpstreamClient(
                            Origin.of(address), HttpSettings.DEFAULT, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        engine = make.at(address, client);
    }

    /** A whole call, to its end. */
    public EngineCall chat(ChatRequest request) {
        EngineCall call = EngineCall.begin(engine, request);
        call.awaitEnd();
        return call;
    }

    /** What the server has seen. */
    public RawServer server() {
        return server;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public Optional<String> asked() {
        return Optional.of(server.peers().getFirst().requests().getFirst().body());
    }

    @Override
    public void awaitAsked() {
        try {
            if (!asked.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody asked");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long awaitStopped() {
        try {
            return server.peers().getFirst().awaitGone();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
        client.close();
        server.close();
    }
}
