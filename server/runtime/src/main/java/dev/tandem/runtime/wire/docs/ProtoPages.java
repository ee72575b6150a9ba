package dev.tandem.runtime.wire.docs;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * {@code /proto}: a list of the .proto files, for people or programs; each file below it; and the
 * descriptor set of all.
 */
final class ProtoPages {
    private static final String ROOT = "/proto";
    private static final String SET = ROOT + "/descriptors.binpb";

    private static final Pattern HTML =
            Pattern.compile(
                    "(^|,)\\s*text/html\\s*(,|$|;(?!\\s*q\\s*=\\s*0(\\.0*)?\\s*(,|$)))",
                    Pattern.CASE_INSENSITIVE);

    private final ProtoFiles files;
    private final Document html;
    private final Document json;

    ProtoPages(ProtoFiles files) {
        this.files = files;
        html =
                PageSecurity.guard(
                        chosen("text/html; charset=utf-8", ProtoListing.html(files, SET)),
                        PageSecurity.TEXT);
        json = chosen("application/json", ProtoListing.json(files, SET));
    }

    private static Document chosen(String mediaType, String text) {
        return Document.of(mediaType, text.getBytes(StandardCharsets.UTF_8))
                .with("Vary", "Accept, Accept-Encoding");
    }

    void route(HttpRouting.Builder routing) {
        Document.route(routing, ROOT, this::list);
        ScriptedPage.redirect(routing, ROOT);
        Document.later("application/x-protobuf", files::descriptorSet).route(routing, SET);
        for (String name : files.names()) {
            Document.later("text/plain; charset=utf-8", () -> files.text(name))
                    .route(routing, ROOT + "/" + name);
        }
    }

    private void list(ServerRequest request, ServerResponse response) {
        (wantsHtml(request) ? html : json).answer(request, response);
    }

    /** Browsers name HTML; programs that take anything get what programs read. */
    private static boolean wantsHtml(ServerRequest request) {
        return request.headers().values(HeaderNames.ACCEPT).stream()
                .anyMatch(value -> HTML.matcher(value).find());
    }
}
