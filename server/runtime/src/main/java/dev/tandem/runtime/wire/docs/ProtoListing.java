package dev.tandem.runtime.wire.docs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Which .proto files there are: as a page and as JSON. */
final class ProtoListing {
    private ProtoListing() {}

    /**
     * A page for people, with links relative to the list.
     *
     * @param set the path of the descriptor set
     */
    static String html(ProtoFiles files, String set) {
        return new String(WebJar.own("proto.html"), StandardCharsets.UTF_8)
                .replace("${set}", set.substring(1))
                .replace("${services}", items(files.services(), ProtoListing::code))
                .replace("${files}", items(files.names(), ProtoListing::link));
    }

    private static String items(List<String> names, UnaryOperator<String> form) {
        return names.stream()
                .map(name -> "<li>" + form.apply(name) + "</li>\n")
                .collect(Collectors.joining());
    }

    private static String code(String text) {
        return "<code>" + escaped(text) + "</code>";
    }

    private static String link(String name) {
        return "<a href=\"proto/%s\">%s</a>".formatted(escaped(name), code(name));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * A list for programs.
     *
     * @param set the path of the descriptor set
     */
    static String json(ProtoFiles files, String set) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("services");
            files.services().forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty("descriptor_set", set);
            json.writeArrayPropertyStart("files");
            for (String name : files.names()) {
                json.writeStartObject();
                json.writeStringProperty("name", name);
                json.writeStringProperty("path", "/proto/" + name);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
