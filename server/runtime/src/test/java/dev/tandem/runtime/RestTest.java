package dev.tandem.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with the echo service, and a client of HTTP/1.1. */
abstract class RestTest {
    final Echo echo = new Echo();
    Server server;
    HttpClient client;

    @BeforeEach
    void start() {
        server = configured(Server.builder().service(echo.service())).start();
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    /** What a test wants otherwise. */
    ServerBuilder configured(ServerBuilder builder) {
        return builder.drainLimit(Duration.ZERO);
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }

    HttpResponse<String> get(String path) {
        return send(to(path).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return send(json(path, json));
    }

    HttpRequest.Builder json(String path, String json) {
        return to(path).header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** An error's body, whatever its request id is. */
    static String withoutId(String json) {
        return json.replaceAll("\"request_id\":\"[^\"]+\"", "\"request_id\":\"…\"");
    }
}
