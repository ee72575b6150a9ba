package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Setting;
import dev.tandem.gateway.config.source.Nearest;
import dev.tandem.gateway.config.source.Node;
import dev.tandem.gateway.config.source.Problem;
import dev.tandem.gateway.config.source.Sources;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what is set and means nothing. */
final class UnknownNames {
    /** Read by the start script, and by commands that call a server. */
    private static final Set<String> OF_OTHERS = Set.of("TANDEM_JAVA_OPTS", "TANDEM_API_KEY");

    /** What Kubernetes adds to every pod beside a service that is called tandem. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("TANDEM_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP)(_.*)?)");

    private final List<Section<?>> sections;
    private final Sources sources;

    UnknownNames(List<Section<?>> sections, Sources sources) {
        this.sections = sections;
        this.sources = sources;
    }

    /** Names at the top of the file; those inside sections are the sections'. */
    List<Problem> inFile() {
        List<Problem> problems = new ArrayList<>();
        Node top = sources.tree().orElse(null);
        if (top instanceof Node.Fields fields) {
            Set<String> known = new LinkedHashSet<>();
            sections.forEach(section -> known.add(section.title()));
            fields.fields().stream()
                    .filter(field -> !known.contains(field.name()))
                    .filter(field -> !field.name().startsWith("x-"))
                    .forEach(field -> problems.add(unknown(field, known)));
        } else if (top != null && !top.unset()) {
            problems.add(
                    Problem.at(
                            top.origin(),
                            "the file must be a map that begins with the name of a section, as"
                                    + " 'server:'."));
        }
        return problems;
    }

    private Problem unknown(Node.Field field, Set<String> known) {
        List<String> paths =
                settings().stream()
                        .filter(setting -> setting.key().name().equals(field.name()))
                        .map(Setting::path)
                        .toList();
        String advice =
                paths.isEmpty()
                        ? Nearest.to(field.name(), known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("known are " + String.join(", ", known) + ".")
                        : "did you mean " + String.join(" or ", paths) + "?";
        return Problem.of(
                field.at(),
                Problem.quoted(field.name()).replace("'", ""),
                "there is no such section; " + advice);
    }

    /** Variables that look like settings and are none. */
    List<Problem> variables() {
        Set<String> known = new LinkedHashSet<>();
        known.add(Sources.FILE_VARIABLE);
        settings().forEach(setting -> known.addAll(setting.variables()));
        List<Problem> notes = new ArrayList<>();
        sources.beginningWith("TANDEM_")
                .forEach((name, origin) -> {
                    if (!known.contains(name)
                            && !OF_OTHERS.contains(name)
                            && !OF_KUBERNETES.matcher(name).matches()) {
                        String advice =
                                Nearest.to(name, known)
                                        .map(near -> " did you mean " + near + "?")
                                        .orElse("");
                        notes.add(
                                Problem.at(
                                        origin,
                                        "this is not a setting and changes nothing;"
                                                        .replace(";", advice.isEmpty() ? "." : ";")
                                                + advice));
                    }
                });
        return notes;
    }

    private List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>();
        sections.forEach(section -> section.settings().forEach(all::add));
        return all;
    }
}
