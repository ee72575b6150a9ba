package dev.tandem.transcoding.openapi;

import dev.tandem.transcoding.route.FieldPath;
import dev.tandem.transcoding.route.PathTemplate;
import dev.tandem.transcoding.route.Route;
import dev.tandem.transcoding.route.Segment;
import dev.tandem.transcoding.route.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A path template as OpenAPI writes it: each wildcard is a parameter of one segment.
 *
 * @param text {@code /v1/models/{model}}
 * @param shape the same without names: OpenAPI takes two paths of one shape for the same
 * @param parameters in their order
 */
record OpenPath(String text, String shape, List<Parameter> parameters) {
    /**
     * A parameter of the path.
     *
     * @param name unique in the path
     * @param field what it fills; empty where it fills nothing
     * @param whole is it all of the field's value?
     * @param pattern of the field's value, for a parameter that is only a part of it
     * @param slashes may the value contain slashes, which OpenAPI cannot say?
     */
    record Parameter(
            String name,
            Optional<FieldPath> field,
            boolean whole,
            String pattern,
            boolean slashes) {}

    /** This path with the names of one of the same shape. */
    OpenPath renamedAs(OpenPath other) {
        List<Parameter> renamed = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter own = parameters.get(i);
            renamed.add(
                    new Parameter(
                            other.parameters().get(i).name(),
                            own.field(),
                            own.whole(),
                            own.pattern(),
                            own.slashes()));
        }
        return new OpenPath(other.text(), shape, renamed);
    }

    static OpenPath of(Route route) {
        PathTemplate template = route.path();
        List<Parameter> parameters = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        StringBuilder shape = new StringBuilder();
        List<Segment> segments = template.segments();
        for (int i = 0; i < segments.size(); i++) {
            text.append('/');
            shape.append('/');
            if (segments.get(i) instanceof Segment.Literal(String literal)) {
                text.append(literal);
                shape.append(literal);
            } else {
                Parameter parameter = parameter(route, i, parameters.size());
                parameters.add(parameter);
                text.append('{').append(parameter.name()).append('}');
                shape.append("{}");
            }
        }
        String verb = template.verb().isEmpty() ? "" : ":" + template.verb();
        return new OpenPath(
                text.isEmpty() ? "/" + verb : text + verb, shape + verb, List.copyOf(parameters));
    }

    private static Parameter parameter(Route route, int at, int before) {
        PathTemplate template = route.path();
        boolean slashes = template.segments().get(at) instanceof Segment.Rest;
        for (int i = 0; i < template.variables().size(); i++) {
            Variable variable = template.variables().get(i);
            if (at >= variable.from() && (at < variable.to() || variable.open())) {
                List<Segment> own =
                        template.segments()
                                .subList(
                                        variable.from(),
                                        variable.open()
                                                ? template.segments().size()
                                                : variable.to());
                FieldPath field = route.fields().get(i);
                long wild = own.stream().filter(each -> !(each instanceof Segment.Literal)).count();
                String pattern =
                        own.stream().map(Segment::toString).collect(Collectors.joining("/"));
                String name =
                        wild == 1 ? field.toString() : field + "_" + (at - variable.from() + 1);
                return new Parameter(name, Optional.of(field), own.size() == 1, pattern, slashes);
            }
        }
        return new Parameter("segment_" + (before + 1), Optional.empty(), true, "", slashes);
    }
}
