package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.llamacpp.calls.CallFormat;
import dev.tandem.llamacpp.loop.AnswerForm;
import dev.tandem.llamacpp.loop.LlamaModel;
import dev.tandem.llamacpp.template.ChatInput;
import dev.tandem.llamacpp.template.PromptPart;
import dev.tandem.llamacpp.template.PromptRenderer;
import dev.tandem.llamacpp.template.TemplateException;
import dev.tandem.v1.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conversations as the tokens that the model reads, by its chat template. */
final class ChatPrompts {
    private final @Nullable PromptRenderer renderer;
    private final TemplateTraits traits;
    private final PromptTokens tokens;

    /**
     * A prompt.
     *
     * @param thinking how the answer may think; null where it does not
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Prompt(int[] tokens, AnswerForm.@Nullable Thinking thinking) {}

    /**
     * A conversation and what the model is told besides.
     *
     * @param open whether the prompt ends with the beginning of the answer
     */
    record Question(
            List<ChatMessage> messages,
            boolean open,
            Map<String, @Nullable Object> templateArguments,
            ToolUse tools,
            @Nullable WantedJson wanted) {}

    /**
     * @param renderer null where the model's file has no chat template
     */
    ChatPrompts(LlamaModel model, @Nullable PromptRenderer renderer, TemplateTraits traits) {
        this.renderer = renderer;
        this.traits = traits;
        this.tokens = new PromptTokens(model);
    }

    /** Is there a chat template? */
    boolean exist() {
        return renderer != null;
    }

    /**
     * The prompt of a question.
     *
     * @param addSpecial put the beginning token in front where the model wants it and the template
     *     has not done so
     */
    Prompt of(Question question, boolean addSpecial) throws InterruptedException {
        List<PromptPart> parts = render(input(question));
        PromptPart last = parts.isEmpty() ? new PromptPart("", true) : parts.getLast();
        return new Prompt(
                tokens.of(parts, addSpecial), traits.thinking(last.trusted() ? last.text() : ""));
    }

    private ChatInput input(Question question) {
        List<Map<String, @Nullable Object>> turns =
                Conversation.turns(question.messages(), traits.calls().hasShortIds());
        List<String> told = new ArrayList<>();
        List<Object> tools =
                question.tools().isEmpty() ? null : Instructions.tools(question.tools());
        if (!traits.rendersTools()) {
            turns = ToolTurns.asText(turns);
            if (tools != null) {
                List<String> texts = tools.stream().map(JsonTree::write).toList();
                told.add(CallFormat.instruction(texts, question.tools().required()));
                tools = null;
            }
        }
        if (question.wanted() != null) {
            told.add(question.wanted().instruction());
        }
        return new ChatInput(
                Instructions.add(turns, String.join("\n\n", told), traits.systemTurns()),
                tools,
                question.open(),
                question.templateArguments());
    }

    private List<PromptPart> render(ChatInput conversation) {
        if (renderer == null) {
            throw Refusal.unsupportedValue(
                    "messages",
                    "The model's file has no chat template, so it knows no conversations.");
        }
        try {
            return renderer.render(conversation);
        } catch (TemplateException e) {
            throw Refusal.unsupportedValue(
                    "messages",
                    "The model's chat template refuses this conversation: " + e.getMessage());
        }
    }
}
