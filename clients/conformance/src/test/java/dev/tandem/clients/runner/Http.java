package dev.tandem.clients.runner;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** POST to a method's path. */
final class Http implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private final @Nullable String key;

    Http(String address, @Nullable String key) {
        this.address = address;
        this.key = key;
    }

    /**
     * Returns when the headers are there.
     *
     * @param headers those of the wire; the call's own are added
     */
    HttpResponse<InputStream> post(Asked call, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>(headers);
        if (key != null) {
            all.put("authorization", "Bearer " + key);
        }
        all.putAll(call.headers());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create("http://" + address + "/" + call.method().getFullMethodName()));
        all.forEach(request::header);
        return client.send(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                BodyHandlers.ofInputStream());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
