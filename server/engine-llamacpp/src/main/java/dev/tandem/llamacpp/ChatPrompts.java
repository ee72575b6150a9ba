package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.llamacpp.loop.LlamaModel;
import dev.tandem.llamacpp.template.ChatInput;
import dev.tandem.llamacpp.template.PromptPart;
import dev.tandem.llamacpp.template.PromptRenderer;
import dev.tandem.llamacpp.template.TemplateException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversations as the tokens that the model reads, by its chat template. */
final class ChatPrompts {
    private final @Nullable PromptRenderer renderer;
    private final PromptTokens tokens;

    /**
     * @param renderer null where the model's file has no chat template
     */
    ChatPrompts(LlamaModel model, @Nullable PromptRenderer renderer) {
        this.renderer = renderer;
        this.tokens = new PromptTokens(model);
    }

    /** Is there a chat template? */
    boolean exist() {
        return renderer != null;
    }

    /**
     * The tokens of a conversation.
     *
     * @param addSpecial put the beginning token in front where the model wants it and the template
     *     has not done so
     */
    int[] of(ChatInput conversation, boolean addSpecial) throws InterruptedException {
        return tokens.of(render(conversation), addSpecial);
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
