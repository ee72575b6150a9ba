package dev.tandem.llamacpp.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Python made of templates and conversations, as render_templates.py writes it down. */
record Truth(Map<String, String> sources, List<Render> renders) {
    /** The time that render_templates.py has for strftime_now. */
    static final Clock CLOCK =
            Clock.fixed(
                    LocalDateTime.of(2026, 3, 9, 7, 5, 3).toInstant(ZoneOffset.UTC),
                    ZoneOffset.UTC);

    static final String BOS = "<s>";
    static final String EOS = "</s>";

    /**
     * One template with one conversation: an output, or the type and message of what Python raises.
     */
    record Render(
            String template,
            String conversation,
            boolean generationPrompt,
            @Nullable String output,
            @Nullable String error) {
        String title() {
            return template
                    + " / "
                    + conversation
                    + (generationPrompt ? " / with generation prompt" : "");
        }
    }

    static Truth committed() {
        return parse(resource("truth.json"));
    }

    @SuppressWarnings("unchecked")
    static Truth parse(String json) {
        Map<String, @Nullable Object> truth = JsonReader.object(json);
        Map<String, String> sources =
                (Map<String, String>) Objects.requireNonNull(truth.get("sources"));
        List<Render> renders = new ArrayList<>();
        for (Object render : (List<Object>) Objects.requireNonNull(truth.get("renders"))) {
            renders.add(render((Map<String, @Nullable Object>) render));
        }
        return new Truth(sources, renders);
    }

    private static Render render(Map<String, @Nullable Object> render) {
        return new Render(
                String.valueOf(render.get("template")),
                String.valueOf(render.get("conversation")),
                Boolean.TRUE.equals(render.get("generation_prompt")),
                (String) render.get("output"),
                (String) render.get("error"));
    }

    /** The conversations by name: messages, and tools or further variables. */
    @SuppressWarnings("unchecked")
    static Map<String, Map<String, @Nullable Object>> conversations() {
        Map<String, Map<String, @Nullable Object>> conversations = new HashMap<>();
        JsonReader.object(resource("conversations.json"))
                .forEach((name, conversation) ->
                        conversations.put(
                                name,
                                (Map<String, @Nullable Object>)
                                        Objects.requireNonNull(conversation)));
        return conversations;
    }

    static Map<String, @Nullable Object> variables(
            Map<String, @Nullable Object> conversation, boolean prompt) {
        Map<String, @Nullable Object> variables = new HashMap<>(conversation);
        variables.putIfAbsent("tools", null);
        variables.put("documents", null);
        variables.put("bos_token", BOS);
        variables.put("eos_token", EOS);
        variables.put("add_generation_prompt", prompt);
        return variables;
    }

    @SuppressWarnings("unchecked")
    static ChatInput input(Map<String, @Nullable Object> conversation, boolean prompt) {
        Map<String, @Nullable Object> extras = new HashMap<>(conversation);
        Object messages = Objects.requireNonNull(extras.remove("messages"));
        Object tools = extras.remove("tools");
        return new ChatInput(
                (List<Map<String, @Nullable Object>>) messages,
                (List<Object>) tools,
                prompt,
                extras);
    }

    static String resource(String name) {
        try (InputStream in = Truth.class.getResourceAsStream("/chat-templates/" + name)) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
