package dev.tandem.transcoding.openapi;

import dev.tandem.transcoding.route.Route;
import dev.tandem.transcoding.route.Scopes;
import java.util.Collection;
import java.util.List;

/** Who may call an operation, as the document tells it. */
final class Security {
    private final List<SecurityScheme> schemes;

    Security(List<SecurityScheme> schemes) {
        this.schemes = List.copyOf(schemes);
    }

    /** For the whole document: each scheme by itself is enough. */
    List<Node> any() {
        return needing(List.of());
    }

    /** Adds what a route's operation needs. */
    void addTo(Node operation, Route route) {
        addTo(operation, Scopes.of(route.methods()));
    }

    /** Adds what a page needs. */
    void addTo(Node operation, Page page) {
        if (page.open()) {
            operation.putNodes("security", List.of()); // no credential, whatever others need
        } else {
            addTo(operation, page.scopes());
        }
    }

    private void addTo(Node operation, Collection<String> scopes) {
        if (!schemes.isEmpty() && !scopes.isEmpty()) {
            operation.putNodes("security", needing(scopes));
        }
    }

    /** A sentence for people; empty where nothing special is needed. */
    String words(Route route) {
        Collection<String> scopes = Scopes.of(route.methods());
        return schemes.isEmpty() || scopes.isEmpty()
                ? ""
                : "Needs the scope `" + String.join("` and `", scopes) + "`.";
    }

    private List<Node> needing(Collection<String> scopes) {
        List<String> names = List.copyOf(scopes);
        return schemes.stream().map(scheme -> new Node().putStrings(scheme.name(), names)).toList();
    }
}
