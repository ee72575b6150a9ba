package dev.tandem.structured.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows texts through a grammar as llama.cpp does: a set of stacks of what must come. */
final class GbnfMatcher {
    sealed interface Element {}

    record Name(String rule) implements Element {}

    record Characters(List<int[]> ranges) implements Element {
        boolean has(int codePoint) {
            return ranges.stream().anyMatch(r -> codePoint >= r[0] && codePoint <= r[1]);
        }
    }

    /** What must come, the next on top. */
    private record Stack(Element top, @Nullable Stack below) {}

    private final Map<String, List<List<Element>>> rules = new HashMap<>();

    GbnfMatcher(String gbnf) {
        for (String line : gbnf.lines().toList()) {
            int at = line.indexOf(" ::= ");
            String body = line.substring(at + 5);
            if (rules.put(line.substring(0, at), new GbnfLine(body).alternatives()) != null) {
                throw new IllegalArgumentException("twice: " + line);
            }
        }
        rules.values()
                .forEach(all ->
                        all.forEach(one ->
                                one.forEach(element -> {
                                    if (element instanceof Name name
                                            && !rules.containsKey(name.rule())) {
                                        throw new IllegalArgumentException(
                                                "no rule " + name.rule());
                                    }
                                })));
    }

    int most;

    boolean matches(String text) {
        Set<@Nullable Stack> now = expanded(new Stack(new Name("root"), null));
        for (int codePoint : text.codePoints().toArray()) {
            Set<@Nullable Stack> next = new LinkedHashSet<>();
            for (Stack stack : now) {
                if (stack != null && stack.top() instanceof Characters set && set.has(codePoint)) {
                    next.addAll(expanded(stack.below()));
                }
            }
            now = next;
            most = Math.max(most, now.size());
        }
        return now.contains(null);
    }

    /** With characters on top; null where nothing must come. */
    private Set<@Nullable Stack> expanded(@Nullable Stack stack) {
        Set<@Nullable Stack> done = new LinkedHashSet<>();
        Deque<Stack> open = new ArrayDeque<>();
        if (stack == null) {
            done.add(null);
        } else {
            open.add(stack);
        }
        while (!open.isEmpty()) {
            Stack next = open.remove();
            if (!(next.top() instanceof Name name)) {
                done.add(next);
                continue;
            }
            for (List<Element> alternative : rules.getOrDefault(name.rule(), List.of())) {
                Stack pushed = next.below();
                for (Element element : new ArrayList<>(alternative).reversed()) {
                    pushed = new Stack(element, pushed);
                }
                if (pushed == null) {
                    done.add(null);
                } else {
                    open.add(pushed);
                }
            }
        }
        return done;
    }
}
