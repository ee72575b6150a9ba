package dev.tandem.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.ChunkWriter;
import dev.tandem.llamacpp.calls.CallFormat;
import dev.tandem.llamacpp.loop.FinishReason;
import dev.tandem.llamacpp.loop.Generation;
import dev.tandem.llamacpp.loop.GenerationRequest;
import dev.tandem.llamacpp.loop.Piece;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceWriterTest {
    private static Piece piece(String thoughts, String text, String calls, boolean last) {
        return new Piece(0, thoughts, text, calls, List.of(), last ? FinishReason.STOP : null);
    }

    private static List<ChunkChoice> written(List<Piece> pieces) {
        List<ChatChunk> chunks = new ArrayList<>();
        try (LoadedEngine loaded = new LoadedEngine(256);
                Generation any =
                        loaded.engine
                                .model()
                                .submit(GenerationRequest.of(new int[] {1}).maxTokens(1).build())) {
            var writer =
                    new PieceWriter(
                            new ChunkWriter(ChatChunk.getDefaultInstance(), chunks::add),
                            loaded.engine.model().vocabulary(),
                            CallFormat.HERMES,
                            false);
            pieces.forEach(piece -> writer.piece(piece, any));
        }
        return chunks.stream().map(chunk -> chunk.getChoices(0)).toList();
    }

    @Test
    void thoughtsContentAndCallsAreFieldsOfTheirOwn() {
        List<ChunkChoice> told =
                written(
                        List.of(
                                piece("Let me \"see\"", "", "", false),
                                piece(".", "Well", "", false),
                                piece(
                                        "",
                                        "",
                                        "<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>",
                                        true)));

        Delta first = told.getFirst().getDelta();
        assertThat(first.getRole()).isEqualTo(Role.ROLE_ASSISTANT);
        assertThat(first.hasContent()).isFalse();
        assertThat(first.getExtraMap())
                .containsEntry("reasoning_content", "\"Let me \\\"see\\\"\"");
        assertThat(told.get(1).getDelta().getExtraMap())
                .containsEntry("reasoning_content", "\".\"");
        assertThat(told.get(1).getDelta().getContent()).isEqualTo("Well");
        assertThat(told.get(2).getDelta().getToolCalls(0).getFunction().getName()).isEqualTo("f");
        assertThat(told.get(3).getDelta().getToolCalls(0).getFunction().getArguments())
                .isEqualTo("{}");
        assertThat(told.getLast().getFinishReason()).isEqualTo("tool_calls");
    }
}
