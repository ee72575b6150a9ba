package dev.tandem.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file over HTTP. A download that breaks off is gone on with, at once and in a later run: with
 * {@code Range} and {@code If-Range} (RFC 9110, section 14.2), so that a file that has changed
 * meanwhile begins anew.
 */
final class Download implements AutoCloseable {
    private static final int MOST_REDIRECTS = 8;
    private static final int MOST_ATTEMPTS = 20;
    private static final long MOST_BYTES = 512L << 30;
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Pattern RANGE =
            Pattern.compile("bytes ([0-9]{1,15})-[0-9]{1,15}/([0-9]{1,15})");

    private final URI address;
    private final Path file;
    private final Progress progress;
    private final Predicate<String> hosts;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();

    /**
     * @param hosts from which it may be fetched, redirects included; asked with a host in lower
     *     case
     */
    Download(URI address, Path file, Progress progress, Predicate<String> hosts) {
        this.address = address;
        this.file = file;
        this.progress = progress;
        this.hosts = hosts;
    }

    /** Removes a part and what is known of it. */
    static void forget(Path part) throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(Part.origin(part));
    }

    /**
     * Downloads to the end.
     *
     * @throws StoreException where the server or the network does not give the whole file
     * @throws IOException where this machine's disk does not take it
     */
    void run() throws IOException, InterruptedException, StoreException {
        try (Part part = new Part(file, address)) {
            for (int attempt = 1; ; attempt++) {
                long before = part.size();
                try {
                    attempt(part);
                    return;
                } catch (Broken e) {
                    if (part.size() <= before || attempt == MOST_ATTEMPTS) {
                        throw new StoreException(brokenOff(part, e), e);
                    }
                }
            }
        }
    }

    private String brokenOff(Part part, Broken e) throws IOException {
        String host = address.getHost();
        return part.size() == 0
                ? host + " cannot be reached: " + e.getMessage() + "."
                : String.format(
                        Locale.ROOT,
                        "The download from %s broke off after %,d bytes (%s). The same command goes on from there.",
                        host,
                        part.size(),
                        e.getMessage());
    }

    private void attempt(Part part) throws IOException, InterruptedException, StoreException {
        HttpResponse<InputStream> answer = ask(part);
        try (InputStream body = answer.body()) {
            switch (answer.statusCode()) {
                case 200 -> whole(answer, body, part);
                case 206 -> rest(answer, body, part);
                case 416 -> {
                    part.restart(Optional.empty());
                    throw new Broken("the server's file is shorter now");
                }
                default -> throw new StoreException(refused(answer));
            }
        }
    }

    private void whole(HttpResponse<InputStream> answer, InputStream body, Part part)
            throws IOException, StoreException {
        part.restart(answer.headers().firstValue("ETag"));
        byte[] first = Transfer.first(body, Gguf.MAGIC_LENGTH);
        if (!Gguf.begins(first)) {
            throw new StoreException(
                    Address.shown(address) + " is not a GGUF file: nothing was kept of it.");
        }
        part.append(first, first.length);
        transfer(body, part, answer.headers().firstValueAsLong("Content-Length").orElse(-1));
    }

    private void rest(HttpResponse<InputStream> answer, InputStream body, Part part)
            throws IOException, StoreException {
        Matcher range = RANGE.matcher(answer.headers().firstValue("Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != part.size()) {
            part.restart(Optional.empty());
            throw new StoreException(
                    address.getHost() + " sent another part than it was asked for; try again.");
        }
        transfer(body, part, Long.parseLong(range.group(2)));
    }

    private void transfer(InputStream body, Part part, long total)
            throws IOException, StoreException {
        if (total > MOST_BYTES) {
            throw new StoreException(
                    String.format(Locale.ROOT, "The file has %,d bytes: refused.", total));
        }
        if (total - part.size() > part.room()) {
            throw new StoreException(
                    String.format(
                            Locale.ROOT,
                            "The disk has no room: %,d bytes are to come. TANDEM_HOME names another folder.",
                            total - part.size()));
        }
        progress.begin(address.getHost() + "'s " + name(), total);
        new Transfer(body, part, progress).run(total < 0 ? MOST_BYTES : total);
        if (total >= 0 && part.size() != total) {
            throw new Broken(String.format(Locale.ROOT, "%,d bytes were expected", total));
        }
    }

    private String name() {
        String path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private HttpResponse<InputStream> ask(Part part)
            throws IOException, InterruptedException, StoreException {
        URI at = Address.check(address);
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            String host = at.getHost().toLowerCase(Locale.ROOT);
            if (!hosts.test(host)) {
                throw new StoreException(
                        Address.shown(address)
                                + " leads to "
                                + host
                                + ", from which nothing may be fetched here.");
            }
            HttpResponse<InputStream> answer = send(at, part);
            boolean redirect =
                    switch (answer.statusCode()) {
                        case 301, 302, 303, 307, 308 -> true;
                        default -> false;
                    };
            if (!redirect) {
                return answer;
            }
            answer.body().close();
            at = Address.redirect(at, answer.headers().firstValue("Location").orElse(""));
        }
        throw new StoreException(Address.shown(address) + " leads on and on: given up.");
    }

    private HttpResponse<InputStream> send(URI at, Part part)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at).timeout(ANSWER).header("User-Agent", "tandem").GET();
        Optional<String> tag = part.tag();
        if (tag.isPresent()) {
            request.header("Range", "bytes=" + part.size() + "-").header("If-Range", tag.get());
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    private String refused(HttpResponse<InputStream> answer) {
        String shown = Address.shown(address);
        return switch (answer.statusCode()) {
            case 401, 403 ->
                    shown + " is not public: download it yourself and name it in TANDEM_MODEL.";
            case 404, 410 -> "There is no file at " + shown + ".";
            case 429 -> address.getHost() + " has had too many requests; try again later.";
            default ->
                    address.getHost() + " answered " + answer.statusCode() + "; try again later.";
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    /** The network failed, not this machine's disk. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what);
        }

        Broken(IOException cause) {
            super(
                    cause.getMessage() == null
                            ? cause.getClass().getSimpleName()
                            : cause.getMessage(),
                    cause);
        }
    }
}
