package dev.tandem.upstream.anthropic;

import dev.tandem.testing.Script;
import dev.tandem.testtools.Peer;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ToolCallDelta;
import java.io.IOException;

/** Plays scripts in events of the Messages API. */
final class MessagesWire {
    private final Peer peer;
    private String block = "";
    private int index = -1;
    private String reason = "end_turn";

    private MessagesWire(Peer peer) {
        this.peer = peer;
    }

    static void play(Script script, Peer peer, boolean toItsEnd) throws IOException {
        new MessagesWire(peer).play(script, toItsEnd);
    }

    /** One event with its name. */
    static void event(Peer peer, String type, String rest) throws IOException {
        peer.chunk("event: " + type + "\ndata: {\"type\":\"" + type + "\"" + rest + "}\n\n");
    }

    static void begin(Peer peer) throws IOException {
        peer.beginEvents();
        event(
                peer,
                "message_start",
                ",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                        + "\"content\":[],\"model\":\"claude\",\"stop_reason\":null,"
                        + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}");
        event(peer, "ping", "");
    }

    static void end(Peer peer, String reason) throws IOException {
        event(
                peer,
                "message_delta",
                ",\"delta\":{\"stop_reason\":\""
                        + reason
                        + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":4}");
        event(peer, "message_stop", "");
        peer.endChunks();
    }

    private void play(Script script, boolean toItsEnd) throws IOException {
        begin(peer);
        for (Script.Step step : script.steps()) {
            switch (step) {
                case Script.Step.Send(ChunkChoice news) -> send(news);
                case Script.Step.Flood(String text) -> {
                    while (true) {
                        text(text);
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
        close();
        end(peer, reason);
        peer.awaitLeaving();
    }

    private void send(ChunkChoice news) throws IOException {
        if (news.getFinishReason().equals("tool_calls")) {
            reason = "tool_use";
        }
        if (!news.getDelta().getContent().isEmpty()) {
            text(news.getDelta().getContent());
        }
        for (ToolCallDelta call : news.getDelta().getToolCallsList()) {
            if (!call.getId().isEmpty()) {
                open(
                        "tool_use",
                        ",\"id\":\""
                                + call.getId()
                                + "\",\"name\":\""
                                + call.getFunction().getName()
                                + "\",\"input\":{}");
            }
            delta("input_json_delta", "partial_json", call.getFunction().getArguments());
        }
    }

    private void text(String text) throws IOException {
        if (!block.equals("text")) {
            open("text", ",\"text\":\"\"");
        }
        delta("text_delta", "text", text);
    }

    private void open(String type, String rest) throws IOException {
        close();
        block = type;
        index++;
        event(
                peer,
                "content_block_start",
                ",\"index\":"
                        + index
                        + ",\"content_block\":{\"type\":\""
                        + type
                        + "\""
                        + rest
                        + "}");
    }

    private void close() throws IOException {
        if (!block.isEmpty()) {
            event(peer, "content_block_stop", ",\"index\":" + index);
            block = "";
        }
    }

    private void delta(String type, String name, String text) throws IOException {
        event(
                peer,
                "content_block_delta",
                ",\"index\":"
                        + index
                        + ",\"delta\":{\"type\":\""
                        + type
                        + "\",\""
                        + name
                        + "\":"
                        + JsonObject.text(text)
                        + "}");
    }
}
