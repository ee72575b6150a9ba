package dev.tandem.llamacpp.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions every template can call; input of the same name hides them. */
final class Globals {
    static final Map<String, Callable> ALL =
            Map.of(
                    "range", Globals::range,
                    "namespace", Globals::namespace,
                    "dict", Globals::dict,
                    "raise_exception", Globals::raise,
                    "strftime_now", Globals::now);

    private Globals() {}

    private static Value range(Rendering rendering, Arguments arguments) {
        boolean bounded = arguments.size() > 1;
        long start = bounded ? Num.index(arguments.required(0, "start")) : 0;
        long stop = Num.index(arguments.required(bounded ? 1 : 0, "stop"));
        long step = arguments.number(2, "step", 1);
        if (step == 0) {
            throw TemplateException.runtime("range() arg 3 must not be zero");
        }
        // as a double, since the distance of two longs need not be a long; too long a range is
        // refused either way
        double count = Math.max(0, Math.ceil(((double) stop - start) / step));
        rendering.budget().allocateElements((long) count);
        List<Value> numbers = new ArrayList<>((int) count);
        for (int i = 0; i < (int) count; i++) {
            numbers.add(Num.of(start + i * step));
        }
        return Seq.list(numbers);
    }

    private static Value namespace(Rendering rendering, Arguments arguments) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        entries(arguments)
                .forEach((key, value) -> attributes.put(Arguments.asText(key).chars(), value));
        return new Value.Namespace(attributes);
    }

    private static Value dict(Rendering rendering, Arguments arguments) {
        Map<Value, Value> entries = entries(arguments);
        rendering.budget().allocateElements(entries.size());
        return new Dict(entries);
    }

    private static Map<Value, Value> entries(Arguments arguments) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        if (arguments.size() > 0) {
            if (!(arguments.positional().getFirst() instanceof Dict dict)) {
                throw TemplateException.runtime("a dict is expected as the first argument");
            }
            entries.putAll(dict.entries());
        }
        entries.putAll(arguments.named());
        return entries;
    }

    private static Value raise(Rendering rendering, Arguments arguments) {
        Value message = arguments.or(0, "message", Text.EMPTY);
        throw TemplateException.raised(Printer.print(rendering.budget(), message).chars());
    }

    private static Value now(Rendering rendering, Arguments arguments) {
        return DateFormat.format(rendering.budget(), arguments.text(0, "format"), rendering.now());
    }
}
