package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Node;
import dev.tandem.gateway.config.source.Origin;
import dev.tandem.gateway.config.source.Problem;
import dev.tandem.gateway.config.source.Reading;

/**
 * What a problem with the value that is being read would name.
 *
 * @param path of the value: {@code models[0].name}
 * @param advice what ends a sentence about it: {@code (default: 8080)}, or nothing
 * @param reading collects the problems
 */
public record Spot(String path, String advice, Reading reading) {

    /** The spot of a value inside. */
    Spot inner(String step, String itsAdvice) {
        return new Spot(
                step.startsWith("[") || path.isEmpty() ? path + step : path + "." + step,
                itsAdvice,
                reading);
    }

    /** Tells that a value is not what is allowed. */
    void isNot(Node node, Type<?> type) {
        String value =
                type.secret() || node.origin() instanceof Origin.SecretFile
                        ? "the value"
                        : type.structured() ? kind(node) : shown(node);
        tell(
                node.origin(),
                value + " is not " + plain(type.allowed()) + advice + "." + ofKubernetes(node));
    }

    /** The port of a service called tandem, which is added to every pod of its namespace. */
    private static String ofKubernetes(Node node) {
        return node instanceof Node.Text text
                        && node.origin() instanceof Origin.Variable variable
                        && text.value().startsWith("tcp://")
                ? " It comes from a Kubernetes service: set enableServiceLinks to false in the pod, or %s itself."
                        .formatted(variable.name())
                : "";
    }

    /** Tells a whole sentence. */
    void tell(Origin origin, String sentence) {
        reading.problems().add(Problem.of(origin, path, sentence));
    }

    /** How many problems there are already. */
    int problems() {
        return reading.problems().size();
    }

    static String shown(Node node) {
        return node instanceof Node.Text text ? Problem.quoted(text.written().strip()) : kind(node);
    }

    /** Without its value: what stands where a list or a map is wanted may be a secret. */
    static String kind(Node node) {
        return switch (node) {
            case Node.Text _ -> "a text";
            case Node.Items _ -> "a list";
            case Node.Fields _ -> "a map";
            case Node.Nothing _ -> "nothing";
        };
    }

    /** Markdown without its marks. */
    static String plain(String markdown) {
        return markdown.replace("`", "");
    }
}
