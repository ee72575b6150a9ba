package dev.tandem.upstream.ollama;

import dev.tandem.testing.Script;
import dev.tandem.testtools.Peer;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ToolCallDelta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Plays scripts in JSON lines of Ollama's API. Calls come whole, at the end. */
final class LinesWire {
    private LinesWire() {}

    static void begin(Peer peer) throws IOException {
        peer.say(
                String.join(
                        "\r\n",
                        "HTTP/1.1 200 OK",
                        "content-type: application/x-ndjson",
                        "transfer-encoding: chunked",
                        "",
                        ""));
    }

    /** Lines, JSON with single quotes. */
    static void lines(Peer peer, String... lines) throws IOException {
        for (String line : lines) {
            peer.chunk(line.replace('\'', '"') + "\n");
        }
    }

    static void text(Peer peer, String text) throws IOException {
        peer.chunk(
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":"
                        + JsonObject.text(text)
                        + "},\"done\":false}\n");
    }

    static void end(Peer peer, String reason) throws IOException {
        lines(
                peer,
                "{'model':'m','message':{'role':'assistant','content':''},'done':true,"
                        + "'done_reason':'"
                        + reason
                        + "','prompt_eval_count':3,'eval_count':4}");
        peer.endChunks();
    }

    static void play(Script script, Peer peer, boolean toItsEnd) throws IOException {
        begin(peer);
        List<String> calls = new ArrayList<>();
        StringBuilder arguments = new StringBuilder();
        for (Script.Step step : script.steps()) {
            switch (step) {
                case Script.Step.Send(ChunkChoice news) -> {
                    if (!news.getDelta().getContent().isEmpty()) {
                        text(peer, news.getDelta().getContent());
                    }
                    for (ToolCallDelta call : news.getDelta().getToolCallsList()) {
                        if (!call.getId().isEmpty()) {
                            finish(calls, arguments);
                            calls.add(
                                    "{'id':'"
                                            + call.getId()
                                            + "','function':{'name':'"
                                            + call.getFunction().getName()
                                            + "','arguments':");
                        }
                        arguments.append(call.getFunction().getArguments());
                    }
                }
                case Script.Step.Flood(String text) -> {
                    while (true) {
                        text(peer, text);
                    }
                }
                default -> {
                    peer.awaitLeaving();
                    return;
                }
            }
        }
        if (!toItsEnd) {
            return;
        }
        finish(calls, arguments);
        for (String call : calls) {
            lines(
                    peer,
                    "{'message':{'role':'assistant','content':'','tool_calls':["
                            + call
                            + "]},'done':false}");
        }
        end(peer, "stop");
        peer.awaitLeaving();
    }

    private static void finish(List<String> calls, StringBuilder arguments) {
        if (!calls.isEmpty()) {
            calls.add(calls.removeLast() + arguments + "}}");
            arguments.setLength(0);
        }
    }
}
