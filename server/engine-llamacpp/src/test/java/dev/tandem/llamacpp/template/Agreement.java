package dev.tandem.llamacpp.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far our renders agree with Python's. */
final class Agreement {
    private final Map<String, Map<String, @Nullable Object>> conversations = Truth.conversations();
    private final Map<String, ChatTemplate> templates = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private final List<String> leniencies = new ArrayList<>();
    private final Set<String> differing = new TreeSet<>();
    private int outputs;
    private int equal;
    private int errors;
    private int refused;

    static Agreement of(Truth truth) {
        Agreement agreement = new Agreement();
        truth.renders().forEach(render -> agreement.compare(truth, render));
        return agreement;
    }

    /** Renders that differ from Python's output, or raise_exception with another text. */
    List<String> differences() {
        return differences;
    }

    /** Renders that succeed where Python raises. */
    List<String> leniencies() {
        return leniencies;
    }

    int outputs() {
        return outputs;
    }

    String summary() {
        int all = templates.size();
        return "%d of %d templates wholly equal, %d of %d renders equal, %d of %d refused where Python raises; differing: %s"
                .formatted(all - differing.size(), all, equal, outputs, refused, errors, differing);
    }

    private void compare(Truth truth, Truth.Render render) {
        try {
            String source = truth.sources().getOrDefault(render.template(), "");
            ChatTemplate template =
                    templates.computeIfAbsent(render.template(), t -> ChatTemplate.parse(source));
            Map<String, @Nullable Object> conversation =
                    conversations.getOrDefault(render.conversation(), Map.of());
            String ours =
                    template.render(
                            Truth.variables(conversation, render.generationPrompt()), Truth.CLOCK);
            rendered(render, ours);
            compareParts(render, template, conversation, ours);
        } catch (TemplateException e) {
            refused(render, e);
        }
    }

    /** Cut into parts, a prompt is the same. */
    private void compareParts(
            Truth.Render render,
            ChatTemplate template,
            Map<String, @Nullable Object> conversation,
            String whole) {
        PromptRenderer renderer = new PromptRenderer(template, Truth.BOS, Truth.EOS, Truth.CLOCK);
        String joined =
                renderer.render(Truth.input(conversation, render.generationPrompt())).stream()
                        .map(PromptPart::text)
                        .collect(Collectors.joining());
        if (!joined.equals(whole)) {
            differ(render, "whole: " + whole + "\nparts: " + joined);
        }
    }

    private void rendered(Truth.Render render, String ours) {
        if (render.error() != null) {
            errors++;
            leniencies.add(render.title() + ": Python says " + render.error());
            return;
        }
        outputs++;
        if (ours.equals(render.output())) {
            equal++;
        } else {
            differ(render, "Python: " + render.output() + "\nours:   " + ours);
        }
    }

    private void refused(Truth.Render render, TemplateException e) {
        if (render.error() == null) {
            outputs++;
            differ(render, "refused: " + e.getMessage());
            return;
        }
        errors++;
        refused++;
        boolean raised = render.error().startsWith("TemplateError: ");
        String text = render.error().substring(render.error().indexOf(": ") + 2);
        boolean same = e.kind() == TemplateException.Kind.RAISED && text.equals(e.getMessage());
        if (raised && !same) {
            differ(render, "raised " + e.getMessage() + " instead of " + text);
        }
    }

    private void differ(Truth.Render render, String what) {
        differing.add(render.template());
        differences.add(render.title() + "\n" + what);
    }

    @Override
    public String toString() {
        return summary()
                + differences.stream().map(d -> "\n--- " + d).collect(Collectors.joining());
    }
}
