package dev.tandem.runtime.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks an issuer for its keys: by https, without following redirects, and never for longer or more
 * than it is allowed. Nothing that stands in a token decides whom it asks.
 */
final class IssuerClient implements AutoCloseable {
    /** Issuers have a handful of keys; in bytes. */
    private static final int LARGEST = 512 << 10;

    private static final int OK = 200;

    private final JwtSettings settings;
    private final Duration patience;
    private final HttpClient http;

    IssuerClient(JwtSettings settings) {
        this.settings = settings;
        patience = settings.times().answer();
        http =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(patience)
                        .build();
    }

    /** The keys as the issuer has them now. */
    JWKSet fetch() throws IssuerException, InterruptedException {
        URI address = settings.keys() == null ? discovered() : settings.keys();
        String text = get(address);
        try {
            return JWKSet.parse(text);
        } catch (ParseException e) {
            throw new IssuerException(address + " has no JWK Set", e);
        }
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    private URI discovered() throws IssuerException, InterruptedException {
        String issuer = settings.issuer();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        URI address = URI.create(base + "/.well-known/openid-configuration");
        String text = get(address);
        try {
            Map<String, Object> document = JSONObjectUtils.parse(text, LARGEST);
            if (!issuer.equals(document.get("issuer"))) {
                throw new IssuerException(
                        address + " is of another issuer; it must name " + issuer);
            }
            return checked(URI.create(JSONObjectUtils.getString(document, "jwks_uri")));
        } catch (ParseException | IllegalArgumentException | NullPointerException e) {
            throw new IssuerException(address + " names no jwks_uri that can be used", e);
        }
    }

    private String get(URI address) throws IssuerException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(patience)
                        .header("accept", "application/json")
                        .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            // the request's own time limit ends with the headers
            HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != OK) {
                throw new IssuerException(
                        address + " answers with status " + response.statusCode());
            }
            return new String(response.body(), StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            throw new IssuerException(
                    address + " does not answer within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof IOException io ? ": " + io.getMessage() : "";
            throw new IssuerException(address + " cannot be read" + why, e);
        } finally {
            answer.cancel(true);
        }
    }

    /**
     * An address from which keys may come.
     *
     * @throws IllegalArgumentException where others could change them on the way
     */
    static URI checked(URI address) {
        boolean secure = "https".equals(address.getScheme());
        boolean local = "http".equals(address.getScheme()) && isLoopback(address.getHost());
        if (address.getHost() == null || !(secure || local)) {
            throw new IllegalArgumentException(
                    address + ": keys are fetched by https, or by http from this machine");
        }
        return address;
    }

    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost")
                    || (host.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
