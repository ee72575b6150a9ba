package dev.tandem.routing;

import dev.tandem.engines.Embeddings;
import dev.tandem.engines.Engine;
import dev.tandem.engines.Relevance;
import dev.tandem.engines.Tokens;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TokenizeRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A model that several engines answer for. Until the first token is sent, a failure leads to
 * another attempt or another engine, as the settings say; from then on it is the answer's end.
 *
 * <p>Requests are asked under each route's own name for the model. It keeps its upstreams open
 * while a call of it runs, and closes none: they belong to whoever made them.
 */
public final class RoutedEngine implements Engine {
    private static final String SEVERAL = "routed";

    private final List<Route> routes;
    private final RoutingSettings settings;
    private final Timing timing;
    private final RandomGenerator random;
    private final AttemptLog log;
    private volatile boolean closed;

    /**
     * @param model its name, for the log
     * @param routes at least one
     * @param random chooses by weight, and makes retries uneven; for all threads
     */
    public RoutedEngine(
            String model,
            List<Route> routes,
            RoutingSettings settings,
            Timing timing,
            RandomGenerator random) {
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("the model " + model + " has no route");
        }
        this.routes = Candidates.sorted(routes);
        this.settings = settings;
        this.timing = timing;
        this.random = random;
        log = new AttemptLog(model);
    }

    /** By priority. */
    public List<Route> routes() {
        return routes;
    }

    @Override
    public void chat(ChatRequest request, ChatChunk envelope, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Object _ =
                run(
                        Capability.CAPABILITY_CHAT,
                        call,
                        (route, trial) -> {
                            Opening<ChatChunk> opening =
                                    new Opening<>(sink, Contents.CHAT, trial, call);
                            route.engine()
                                    .chat(
                                            request.toBuilder().setModel(route.model()).build(),
                                            envelope,
                                            opening,
                                            trial.call());
                            opening.end();
                            return opening;
                        });
    }

    @Override
    public void complete(
            CompletionRequest request,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Call call)
            throws InterruptedException {
        Object _ =
                run(
                        Capability.CAPABILITY_COMPLETION,
                        call,
                        (route, trial) -> {
                            Opening<TextCompletion> opening =
                                    new Opening<>(sink, Contents.TEXT, trial, call);
                            route.engine()
                                    .complete(
                                            request.toBuilder().setModel(route.model()).build(),
                                            envelope,
                                            opening,
                                            trial.call());
                            opening.end();
                            return opening;
                        });
    }

    @Override
    public Embeddings embed(EmbeddingRequest request, Call call) throws InterruptedException {
        return run(
                Capability.CAPABILITY_EMBEDDING,
                call,
                (route, trial) -> {
                    Embeddings answer =
                            route.engine()
                                    .embed(
                                            request.toBuilder().setModel(route.model()).build(),
                                            trial.call());
                    route.upstream().tally().read(answer.promptTokens());
                    return answer;
                });
    }

    @Override
    public Relevance rerank(RerankRequest request, Call call) throws InterruptedException {
        return run(
                Capability.CAPABILITY_RERANK,
                call,
                (route, trial) -> {
                    Relevance answer =
                            route.engine()
                                    .rerank(
                                            request.toBuilder().setModel(route.model()).build(),
                                            trial.call());
                    route.upstream().tally().read(answer.promptTokens());
                    return answer;
                });
    }

    @Override
    public Tokens tokenize(TokenizeRequest request, Call call) throws InterruptedException {
        return run(
                Capability.CAPABILITY_TOKENIZE,
                call,
                (route, trial) ->
                        route.engine()
                                .tokenize(
                                        request.toBuilder().setModel(route.model()).build(),
                                        trial.call()));
    }

    @Override
    public String detokenize(DetokenizeRequest request, Call call) throws InterruptedException {
        return run(
                Capability.CAPABILITY_TOKENIZE,
                call,
                (route, trial) ->
                        route.engine()
                                .detokenize(
                                        request.toBuilder().setModel(route.model()).build(),
                                        trial.call()));
    }

    private <T> T run(Capability wanted, Call call, Work<T> work) throws InterruptedException {
        List<Route> held = routes.stream().filter(route -> route.upstream().lease()).toList();
        try {
            return new Trials(
                            Candidates.of(held, wanted, random),
                            settings,
                            timing,
                            random,
                            log,
                            call)
                    .run(work);
        } finally {
            held.forEach(route -> route.upstream().release());
        }
    }

    /** What any of its engines can do. */
    @Override
    public Set<Capability> capabilities() {
        if (routes.size() == 1) {
            return routes.getFirst().engine().capabilities();
        }
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        routes.forEach(route -> all.addAll(route.engine().capabilities()));
        return all;
    }

    /**
     * The smallest that is known, for any engine may answer; the largest where those with a larger
     * one are asked when it is exceeded.
     */
    @Override
    public OptionalInt contextLength() {
        IntStream known =
                routes.stream()
                        .map(route -> route.engine().contextLength())
                        .flatMapToInt(OptionalInt::stream);
        return settings.fallbackOn().contains(FailureKind.CONTEXT_LENGTH)
                ? known.max()
                : known.min();
    }

    /** That of the engine that is asked first. */
    @Override
    public String owner() {
        return routes.getFirst().engine().owner();
    }

    /** That of its engines, where all are of one kind. */
    @Override
    public String kind() {
        String first = routes.getFirst().engine().kind();
        return routes.stream().allMatch(route -> route.engine().kind().equals(first))
                ? first
                : SEVERAL;
    }

    /** While any of its engines is. */
    @Override
    public boolean ready() {
        return !closed && routes.stream().anyMatch(route -> route.engine().ready());
    }

    /** It is not ready any more; its upstreams are left as they are. */
    @Override
    public void close() {
        closed = true;
    }
}
