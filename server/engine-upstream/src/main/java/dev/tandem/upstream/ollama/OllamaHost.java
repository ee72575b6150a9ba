package dev.tandem.upstream.ollama;

import dev.tandem.engines.ModelHost;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.upstream.ask.Asking;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.Told;
import dev.tandem.upstream.ask.UpstreamErrors;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an operator can do with the server's models. For all threads. */
final class OllamaHost implements ModelHost {
    private final OllamaSettings settings;
    private final Asking asking;
    private final Asking pulling;

    /**
     * @param pulling as asking, with the limits of pulls
     */
    OllamaHost(OllamaSettings settings, Asking asking, Asking pulling) {
        this.settings = settings;
        this.asking = asking;
        this.pulling = pulling;
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.LOAD, Ability.PULL);
    }

    @Override
    public List<Kept> models(Call call) throws InterruptedException {
        Set<String> loaded =
                list("/api/ps", call).stream()
                        .map(model -> model.text("name"))
                        .collect(Collectors.toSet());
        return list("/api/tags", call).stream()
                .map(model ->
                        new Kept(
                                model.text("name"),
                                model.size("size"),
                                loaded.contains(model.text("name")),
                                instant(model.text("modified_at"))))
                .toList();
    }

    private List<Told> list(String operation, Call call) throws InterruptedException {
        Told told = Told.read(asking.whole(asking.get(operation), call));
        if (told == null || !told.has("models")) {
            throw asking.errors().broken("what it sent is no list of models");
        }
        return told.objects("models");
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Vectors of no texts: works with models of all kinds. */
    @Override
    public void load(String model, Call call) throws InterruptedException {
        JsonObject body = JsonObject.of("model", model).put("input", List.of());
        new Options(settings).into(body, new JsonObject());
        byte[] _ = asking.whole(asking.post("/api/embed", body.bytes()), call);
    }

    @Override
    public void unload(String model, Call call) throws InterruptedException {
        JsonObject body = JsonObject.of("model", model).put("keep_alive", 0).put("stream", false);
        byte[] _ = asking.whole(asking.post("/api/generate", body.bytes()), call);
    }

    @Override
    public void pull(String model, Sink<Progress> progress, Call call) throws InterruptedException {
        PullNames.check(model, settings.dialect().pullHosts());
        byte[] body = JsonObject.of("model", model).put("stream", true).bytes();
        boolean _ =
                pulling.ask(
                        pulling.post("/api/pull", body).header("accept", "application/x-ndjson"),
                        call,
                        new LineReading(
                                line -> tell(line, progress, pulling.errors()),
                                pulling,
                                settings.dialect().pull(),
                                settings.limits().events().line()));
    }

    /** Is it done? */
    private static boolean tell(Told line, Sink<Progress> progress, UpstreamErrors errors) {
        String stage = line.text("status");
        if (stage.isEmpty()) {
            throw errors.broken("what it sent is no news of a pull");
        }
        if (stage.equals("success")) {
            return true;
        }
        progress.send(new Progress(stage, line.size("completed"), line.size("total")));
        return false;
    }
}
