package dev.tandem.gateway.doctor;

import dev.tandem.redis.Authorities;
import dev.tandem.redis.RedisSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Does Redis answer, and is its certificate trusted? Neither user nor password is sent. */
public final class RedisCheck {
    private static final int PATIENCE_MILLIS = 3000;
    private static final int USUAL_PORT = 6379;
    private static final String ABOUT = "redis";
    private static final String ADVICE = "Start it, or correct TANDEM_REDIS_URL.";

    private RedisCheck() {}

    /** Looks. */
    public static Finding look(RedisSettings settings) {
        String host = settings.url().getHost();
        int port = settings.url().getPort() < 0 ? USUAL_PORT : settings.url().getPort();
        String place = host + ":" + port;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            boolean encrypted = "rediss".equals(settings.url().getScheme());
            return asked(
                    encrypted ? encrypted(plain, host, port, settings.authority()) : plain, place);
        } catch (SSLException e) {
            return Finding.problem(
                    ABOUT,
                    "%s speaks no TLS that can be trusted (%s).".formatted(place, e.getMessage()),
                    "Set TANDEM_REDIS_CA to the authorities that sign its certificate, which must have"
                            + " the name "
                            + host
                            + "; redis:// is without TLS.");
        } catch (IOException e) {
            return Finding.problem(
                    ABOUT,
                    "%s does not answer (%s).".formatted(place, e.getClass().getSimpleName()),
                    ADVICE);
        } catch (IllegalArgumentException e) {
            return Finding.problem(
                    ABOUT, e.getMessage() + ".", "Set TANDEM_REDIS_CA to a PEM file.");
        }
    }

    private static Finding asked(Socket socket, String place) throws IOException {
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        String answer =
                new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
        return answer.startsWith("+PONG") || answer.startsWith("-NOAU")
                ? Finding.ok(ABOUT, place + " answers.")
                : Finding.problem(ABOUT, "What answers at " + place + " is not Redis.", ADVICE);
    }

    /** Trusts as the server will: these authorities or Java's, and the host's name. */
    private static Socket encrypted(Socket plain, String host, int port, Optional<Path> authority)
            throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(authority.map(Authorities::in).orElse(null));
            context.init(null, trust.getTrustManagers(), null);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new SSLException(e);
        }
    }
}
