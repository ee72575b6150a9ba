package dev.tandem.llamacpp.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as chat templates take it. Values are String, Number, Boolean, List, Map or null.
 *
 * @param messages the turns: {@code role}, {@code content} (a string, {@code ""} rather than null
 *     beside tool calls) and, where they apply, {@code tool_calls} with arguments as a map, {@code
 *     tool_call_id} and {@code name}
 * @param tools the tools on offer in the shape {@code {"type": "function", "function": {…}}}, null
 *     where there are none
 * @param addGenerationPrompt whether the prompt ends with the beginning of the assistant's turn
 * @param extras further variables, such as {@code enable_thinking}; they do not replace those of
 *     the conversation
 */
public record ChatInput(
        List<Map<String, @Nullable Object>> messages,
        @Nullable List<Object> tools,
        boolean addGenerationPrompt,
        Map<String, @Nullable Object> extras) {}
