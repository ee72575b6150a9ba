package dev.tandem.upstream.ollama;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.Told;
import dev.tandem.v1.ChoiceLogprobs;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.TokenLogprob;
import dev.tandem.v1.ToolCallDelta;
import dev.tandem.v1.TopLogprob;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The lines of an answer as chunks of the contract. Used by one thread. */
final class AnswerRelay implements Predicate<Told> {
    private static final String REASONING = "reasoning_content";

    private final ChunkWriter out;
    private final Set<String> extras;
    private final String callPrefix;
    private int calls;
    private boolean begun;

    /**
     * @param extras the names of the fields beyond the contract that go through
     * @param callPrefix of the ids of tool calls that have none
     */
    AnswerRelay(ChunkWriter out, Set<String> extras, String callPrefix) {
        this.out = out;
        this.extras = extras;
        this.callPrefix = callPrefix;
    }

    @Override
    public boolean test(Told line) {
        if (!begun) {
            begun = true;
            out.begin(0);
        }
        Told message = line.object("message");
        String thought = message.text("thinking");
        if (!thought.isEmpty() && extras.contains(REASONING)) {
            out.delta(0, Delta.newBuilder().putExtra(REASONING, JsonObject.text(thought)).build());
        }
        text(message.text("content"), line.objects("logprobs"));
        message.objects("tool_calls").forEach(this::call);
        if (!line.flag("done")) {
            return false;
        }
        out.finish(0, reason(line.text("done_reason")));
        out.usage(line.count("prompt_eval_count"), line.count("eval_count"));
        return true;
    }

    private String reason(String told) {
        if (told.isEmpty() || told.equals("stop")) {
            return calls > 0 ? "tool_calls" : "stop";
        }
        return told;
    }

    private void text(String text, List<Told> logprobs) {
        if (text.isEmpty() && logprobs.isEmpty()) {
            return;
        }
        ChunkChoice.Builder choice =
                ChunkChoice.newBuilder().setDelta(Delta.newBuilder().setContent(text));
        if (!logprobs.isEmpty()) {
            ChoiceLogprobs.Builder all = ChoiceLogprobs.newBuilder();
            logprobs.forEach(each -> all.addContent(logprob(each)));
            choice.setLogprobs(all);
        }
        out.choice(choice.build());
    }

    private static TokenLogprob logprob(Told told) {
        TokenLogprob.Builder own =
                TokenLogprob.newBuilder()
                        .setToken(told.text("token"))
                        .setLogprob(told.number("logprob"))
                        .addAllBytes(told.integers("bytes"));
        told.objects("top_logprobs")
                .forEach(top ->
                        own.addTopLogprobs(
                                TopLogprob.newBuilder()
                                        .setToken(top.text("token"))
                                        .setLogprob(top.number("logprob"))
                                        .addAllBytes(top.integers("bytes"))));
        return own.build();
    }

    /** Calls come whole. */
    private void call(Told call) {
        Told function = call.object("function");
        String id = call.text("id");
        String arguments = function.has("arguments") ? function.json("arguments") : "{}";
        out.delta(
                0,
                Delta.newBuilder()
                        .addToolCalls(
                                ToolCallDelta.newBuilder()
                                        .setIndex(calls)
                                        .setId(id.isEmpty() ? callPrefix + calls : id)
                                        .setType("function")
                                        .setFunction(
                                                FunctionCallDelta.newBuilder()
                                                        .setName(function.text("name"))
                                                        .setArguments(arguments)))
                        .build());
        calls++;
    }
}
