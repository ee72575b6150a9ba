package dev.tandem.transcoding.openapi;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The titles of the forms that a schema has: generators name types by them. */
final class Titles {
    private Titles() {}

    /**
     * The schema with the name in front of its forms' titles.
     *
     * @param name the schema's own
     * @param taken titles that are other types' names; grows
     */
    static JsonObject under(String name, JsonObject schema, Set<String> taken) {
        Node titled = Node.from(schema);
        for (String union : List.of("oneOf", "anyOf")) {
            if (schema.get(union) instanceof JsonArray forms) {
                List<Node> all = new ArrayList<>();
                forms.forEach(form -> all.add(titled(name, form.asJsonObject(), taken)));
                titled.putNodes(union, all);
            }
        }
        return schema.get("title") instanceof JsonString
                ? titled(name, titled.json(), taken).json()
                : titled.json();
    }

    private static Node titled(String name, JsonObject form, Set<String> taken) {
        Node node = Node.from(form);
        if (form.get("title") instanceof JsonString member) {
            String title = pascal(name) + member.getString();
            while (!taken.add(title)) {
                title += "Form";
            }
            node.put("title", title);
        }
        return node;
    }

    /** {@code TandemV1ContentPart} of {@code tandem.v1.ContentPart}. */
    private static String pascal(String name) {
        StringBuilder pascal = new StringBuilder(name.length());
        for (String part : name.split("[.]", -1)) {
            if (!part.isEmpty()) {
                pascal.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return pascal.toString();
    }
}
