package dev.tandem.runtime;

import dev.tandem.runtime.wire.docs.Document;
import dev.tandem.runtime.wire.docs.WebJar;
import io.helidon.webserver.http.HttpRouting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A page of the application's own with the files it is made of, each by its own literal path:
 * answered with entity tags, plain or compressed, to GET and HEAD. For {@link
 * ServerBuilder#routes(Consumer)}. Immutable.
 */
public final class WebPage implements Consumer<HttpRouting.Builder> {
    private static final Map<String, String> TYPES =
            Map.of(
                    "css", "text/css; charset=utf-8",
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "mjs", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");

    private final Map<String, Document> documents;

    private WebPage(Map<String, Document> documents) {
        this.documents = documents;
    }

    /**
     * A page without files.
     *
     * @param path taken literally
     * @param policy its Content-Security-Policy
     * @param html in UTF-8; asked once, when the page first is
     */
    public static WebPage at(String path, String policy, Supplier<byte[]> html) {
        Document page =
                Document.later(type("page.html"), html)
                        .with("Content-Security-Policy", policy)
                        .with("Referrer-Policy", "no-referrer");
        return new WebPage(Map.of(path, page));
    }

    /**
     * The same with one more file.
     *
     * @param path taken literally; ends with {@code .css}, {@code .html}, {@code .js}, {@code .mjs}
     *     or {@code .svg}, texts in UTF-8
     * @param bytes asked once, when the file first is
     * @throws IllegalArgumentException where the path ends otherwise
     */
    public WebPage file(String path, Supplier<byte[]> bytes) {
        Map<String, Document> more = new LinkedHashMap<>(documents);
        more.put(path, Document.later(type(path), bytes));
        return new WebPage(more);
    }

    /**
     * The same with a file of a browser's library that is a jar of webjars.org on the class path.
     *
     * @param path as for {@link #file}
     * @param library its coordinates without the version, which the jar tells: {@code
     *     org.webjars.npm:markdown-it}
     * @param name of the file below the library's folder
     * @throws IllegalArgumentException where the path ends otherwise, or the library has no colon
     */
    public WebPage libraryFile(String path, String library, String name) {
        int colon = library.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    library + " must be a group and an artifact: org.webjars.npm:markdown-it");
        }
        WebJar jar = new WebJar(library.substring(0, colon), library.substring(colon + 1));
        return file(path, () -> jar.file(name));
    }

    private static String type(String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException(
                    path + " must end with one of " + TYPES.keySet().stream().sorted().toList());
        }
        return type;
    }

    @Override
    public void accept(HttpRouting.Builder routing) {
        documents.forEach((path, document) -> document.route(routing, path));
    }
}
