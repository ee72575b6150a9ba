package dev.tandem.upstream.ask;

import dev.tandem.engines.RunningCalls;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Gathering;
import dev.tandem.transcoding.form.MediaType;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.upstream.http.Abort;
import dev.tandem.upstream.http.Exchange;
import dev.tandem.upstream.http.Origin;
import dev.tandem.upstream.http.UpstreamClient;
import dev.tandem.upstream.http.UpstreamException;
import dev.tandem.upstream.http.UpstreamRequest;
import dev.tandem.upstream.sse.BrokenStreamException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Asks one server and has its answers read, on the call's thread. Whatever goes wrong is one {@link
 * ApiException}, or that the call is over. For all threads.
 */
public final class Asking {
    private static final int OK = 200;

    /** What is read of an error, and how long: it shall not take long to say no. */
    private static final int LARGEST_ERROR = 64 << 10;

    private static final Duration ERROR_PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final KeyHeader key;
    private final Limits limits;
    private final UpstreamClient client;
    private final UpstreamErrors errors;
    private final InstantSource clock;
    private final RunningCalls running;

    /**
     * @param address below which the API's paths are
     * @param client of the address's server; is shared, and not closed here
     * @param clock what dates in {@code retry-after} are compared with
     * @throws IllegalArgumentException where the client is another server's
     */
    public Asking(
            URI address, KeyHeader key, Limits limits, UpstreamClient client, InstantSource clock) {
        if (!client.origin().equals(Origin.of(address))) {
            throw new IllegalArgumentException(
                    "the client asks " + client.origin() + ", not " + address);
        }
        this.address = address;
        this.key = key;
        this.limits = limits;
        this.client = client;
        this.clock = clock;
        errors = new UpstreamErrors(client.origin(), key.key());
        running = new RunningCalls(errors::closed);
    }

    /** How the server's failures are told. */
    public UpstreamErrors errors() {
        return errors;
    }

    /** Sends a request, and reads JSON. */
    public byte[] whole(UpstreamRequest request, Call call) throws InterruptedException {
        return ask(
                request.header("accept", "application/json"),
                call,
                (exchange, _) -> json(exchange));
    }

    /** Reads an answer whose status is 200. */
    @FunctionalInterface
    public interface Reading<T> {
        /** The whole answer; the exchange is closed behind. */
        T from(Exchange exchange, Progress progress) throws IOException, JsonException;
    }

    /** How far an answer has come: which limit of time has passed, when one has. */
    public static final class Progress {
        private boolean begun;

        /** Something of the answer has come. */
        public void begin() {
            begun = true;
        }
    }

    /**
     * Sends a request and has its answer read.
     *
     * @throws ApiException what went wrong, in one sentence for the caller
     */
    public <T> T ask(UpstreamRequest request, Call call, Reading<T> reading)
            throws InterruptedException {
        call.check();
        Abort abort = new Abort();
        Progress progress = new Progress();
        try (RunningCalls.Running _ = running.begin(abort);
                Exchange exchange = send(request, abort, call)) {
            if (exchange.status() != OK) {
                throw refusal(exchange, call);
            }
            return gathered(exchange, progress, reading, call);
        } catch (IOException | JsonException e) {
            running.checkBroken(call);
            throw failure(e, progress.begun);
        }
    }

    /** What comes at once leaves at once: the caller's wire writes before each wait for more. */
    private static <T> T gathered(
            Exchange exchange, Progress progress, Reading<T> reading, Call call)
            throws IOException, JsonException {
        Gathering gathering = Gathering.of(call);
        exchange.beforeReading(gathering::leave);
        gathering.begin();
        T answer;
        try {
            answer = reading.from(exchange, progress);
        } finally {
            gathering.stop();
        }
        gathering.leave();
        return answer;
    }

    /** Ends running answers, and those that begin later. */
    public void close() {
        running.close();
    }

    /** JSON for an operation: {@code /models}. */
    public UpstreamRequest post(String operation, byte[] json) {
        return UpstreamRequest.post(BaseAddress.target(address, operation), json);
    }

    /** Asks for an operation's answer. */
    public UpstreamRequest get(String operation) {
        return UpstreamRequest.get(BaseAddress.target(address, operation));
    }

    private Exchange send(UpstreamRequest request, Abort abort, Call call) throws IOException {
        return client.send(key.on(request), limits.first(), limits.answer(), abort, call);
    }

    private ApiException refusal(Exchange exchange, Call call) {
        exchange.within(ERROR_PATIENCE);
        return errors.of(
                exchange.status(),
                errorBody(exchange, call),
                RetryAfter.of(
                        exchange.header("retry-after-ms"), exchange.header("retry-after"), clock));
    }

    /** The status stands whatever becomes of the body; only a call that is over matters more. */
    private static ErrorBody errorBody(Exchange exchange, Call call) {
        try {
            byte[] body = exchange.body().readNBytes(LARGEST_ERROR);
            return body.length == LARGEST_ERROR ? ErrorBody.NONE : ErrorBody.read(body);
        } catch (IOException e) {
            call.check();
            return ErrorBody.NONE;
        }
    }

    /** The type that the answer has by its head, in lower case without parameters. */
    public static String mediaType(Exchange exchange) {
        return MediaType.essence(exchange.header("content-type").orElse(""));
    }

    /** The answer's body, which must be JSON by its head. */
    public byte[] json(Exchange exchange) throws IOException {
        String type = mediaType(exchange);
        if (!type.equals("application/json")) {
            throw errors.broken("its answer is not JSON by its content-type");
        }
        return exchange.body().readAllBytes();
    }

    private ApiException failure(Exception e, boolean begun) {
        return switch (e) {
            case UpstreamException known -> of(known, begun);
            case BrokenStreamException stream -> errors.broken(String.valueOf(stream.getMessage()));
            case JsonException _ -> errors.broken("what it sent is no answer of this API");
            default -> errors.broken("the connection broke before the answer was complete");
        };
    }

    private ApiException of(UpstreamException e, boolean begun) {
        String what = String.valueOf(e.getMessage());
        return switch (e.fault()) {
            case UNREACHABLE -> errors.unreachable(what);
            case TIMEOUT ->
                    errors.late(
                            begun
                                    ? "it did not go on with its answer in time"
                                    : "it did not begin its answer in time");
            case CUT_OFF, MALFORMED, TOO_LARGE -> errors.broken(what);
        };
    }
}
