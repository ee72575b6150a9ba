package dev.tandem.llamacpp.template;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes prompts of conversations with one model's template, and says of every piece whether the
 * template or the caller wrote it, so that what a caller writes never becomes a control token. Any
 * number of threads may use one renderer.
 *
 * <p>All strings of the input are the caller's, map keys too; only the well-known words under
 * {@code role} and {@code type} are not. A caller's string is followed through trimming, cutting,
 * joining, replacing and changes of case; where an operation cannot follow characters, as in JSON,
 * its whole result is the caller's.
 */
public final class PromptRenderer {
    private final ChatTemplate template;
    private final String bosToken;
    private final String eosToken;
    private final Clock clock;

    /**
     * @param bosToken text of the model's begin-of-sequence token, {@code ""} if it has none
     * @param eosToken text of the model's end-of-sequence token, {@code ""} if it has none
     * @param clock what templates that print the date read
     */
    public PromptRenderer(ChatTemplate template, String bosToken, String eosToken, Clock clock) {
        this.template = template;
        this.bosToken = bosToken;
        this.eosToken = eosToken;
        this.clock = clock;
    }

    /**
     * Renders a conversation. The texts of the parts, one behind the other, are the prompt;
     * neighbours differ in trust.
     *
     * @throws TemplateException of kind RAISED with the template's own message to the caller, LIMIT
     *     or RUNTIME
     */
    public List<PromptPart> render(ChatInput input) {
        Map<String, Value> variables = new HashMap<>();
        input.extras()
                .forEach((name, value) -> variables.put(name, InputConversion.fromCaller(value)));
        variables.put("messages", InputConversion.fromCaller(input.messages()));
        variables.put("tools", InputConversion.fromCaller(input.tools()));
        variables.putIfAbsent("documents", Value.None.NONE);
        variables.put("add_generation_prompt", Value.Bool.of(input.addGenerationPrompt()));
        variables.put("bos_token", Text.trusted(bosToken));
        variables.put("eos_token", Text.trusted(eosToken));
        return parts(template.renderText(variables, clock));
    }

    private static List<PromptPart> parts(Text prompt) {
        List<PromptPart> parts = new ArrayList<>();
        int position = 0;
        for (int i = 0; i < prompt.bounds(); i += 2) {
            add(parts, prompt.chars().substring(position, prompt.bound(i)), true);
            add(parts, prompt.chars().substring(prompt.bound(i), prompt.bound(i + 1)), false);
            position = prompt.bound(i + 1);
        }
        add(parts, prompt.chars().substring(position), true);
        return parts;
    }

    private static void add(List<PromptPart> parts, String text, boolean trusted) {
        if (!text.isEmpty()) {
            parts.add(new PromptPart(text, trusted));
        }
    }
}
