package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.tandem.options.v1.Options;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.schema.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes routes of the bindings of all services; finds the conflicts between them. */
final class RouteCompiler {
    private final Problems problems;
    private final Map<String, List<Binding>> byKey = new LinkedHashMap<>();

    /**
     * @param problems takes what is wrong
     */
    RouteCompiler(Problems problems) {
        this.problems = problems;
    }

    /**
     * The routes of methods whose client streams, or of all others, in the order of the services
     * and methods.
     */
    List<Route> compile(Collection<ServiceDescriptor> services, boolean clientStreams) {
        Bindings bindings = new Bindings(problems);
        for (ServiceDescriptor service : services) {
            for (MethodDescriptor method : service.getMethods()) {
                if (method.isClientStreaming() == clientStreams) {
                    bindings.declared(method).forEach(this::take);
                    take(Bindings.canonical(method));
                }
            }
        }
        List<Route> routes = new ArrayList<>();
        byKey.values().forEach(sharing -> add(sharing, routes));
        return routes;
    }

    private void take(Binding binding) {
        byKey.computeIfAbsent(binding.key(), key -> new ArrayList<>(2)).add(binding);
    }

    private void add(List<Binding> sharing, List<Route> routes) {
        Binding first = sharing.getFirst();
        String field = streamField(first.method());
        if (sharing.stream().map(Binding::method).distinct().count() < sharing.size()) {
            problem(first, "is bound twice by " + names(sharing.subList(0, 1)));
        } else if (sharing.size() > 2) {
            problem(first, "is bound by " + names(sharing) + "; two methods at most can share it");
        } else if (sharing.size() == 2 && first.method().isClientStreaming()) {
            problem(first, "is bound by " + names(sharing) + "; a WebSocket is of one method");
        } else if (sharing.size() == 2) {
            pair(first, sharing.getLast(), routes);
        } else if (field.isEmpty() || isCanonical(first)) {
            routes.add(first.alone());
        } else {
            problem(
                    first,
                    "has the stream_field \""
                            + field
                            + "\", but no other method shares the binding");
        }
    }

    private void pair(Binding one, Binding other, List<Route> routes) {
        boolean turned = one.method().isServerStreaming();
        Binding unary = turned ? other : one;
        Binding streaming = turned ? one : other;
        String name = streamField(unary.method());
        FieldDescriptor field = unary.method().getInputType().findFieldByName(name);
        String both = names(List.of(unary, streaming));
        if (name.isEmpty() || !name.equals(streamField(streaming.method()))) {
            problem(
                    one,
                    "is bound by "
                            + both
                            + "; a unary and a server-streaming method may share it when both name"
                            + " the same (tandem.options.v1.method).stream_field");
        } else if (unary.method().isServerStreaming()
                || !streaming.method().isServerStreaming()
                || !unary.method().getInputType().equals(streaming.method().getInputType())) {
            problem(
                    one,
                    "is bound by "
                            + both
                            + "; sharing needs one unary and one server-streaming method of the"
                            + " same request type");
        } else if (!sameForm(unary, streaming)) {
            problem(
                    one,
                    "is bound by " + both + " with different variables, body, forms or response");
        } else if (field == null || !isBool(field)) {
            problem(
                    one,
                    "has the stream_field \""
                            + name
                            + "\", which is no bool field of "
                            + unary.method().getInputType().getFullName());
        } else {
            routes.add(shared(unary, streaming, field));
        }
    }

    private static Route shared(Binding unary, Binding streaming, FieldDescriptor field) {
        return new Route(
                unary.verb(),
                unary.path(),
                unary.fields(),
                unary.method(),
                streaming.method(),
                field,
                unary.body(),
                unary.responseBody(),
                unary.profile());
    }

    private static boolean sameForm(Binding one, Binding other) {
        return one.path().variables().equals(other.path().variables())
                && one.body().equals(other.body())
                && takesForms(one) == takesForms(other)
                && one.responseBody() == null
                && other.responseBody() == null;
    }

    private static boolean takesForms(Binding binding) {
        return binding.method().getOptions().getExtension(Options.method).getForms();
    }

    private static boolean isBool(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.BOOL && !field.isRepeated();
    }

    private static boolean isCanonical(Binding binding) {
        return binding.profile() == Profile.CANONICAL;
    }

    private static String streamField(MethodDescriptor method) {
        return method.getOptions().getExtension(Options.method).getStreamField();
    }

    private static String names(List<Binding> bindings) {
        return String.join(
                " and ", bindings.stream().map(each -> each.method().getFullName()).toList());
    }

    private void problem(Binding at, String what) {
        problems.add(at.method(), at + " " + what);
    }
}
