package dev.tandem.upstream.anthropic;

import dev.tandem.engines.Refusal;
import dev.tandem.upstream.ask.DataAddress;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.RawJson;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.ImageUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The parts of a message as the API's content blocks. */
final class Blocks {
    private static final Set<String> PICTURES =
            Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private Blocks() {}

    /**
     * @param path of the message: {@code messages[0]}
     * @param pictures may there be pictures?
     */
    static List<JsonObject> of(List<ContentPart> parts, String path, boolean pictures) {
        List<JsonObject> blocks = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            String place = path + ".content[" + i + "]";
            ContentPart part = parts.get(i);
            switch (part.getPartCase()) {
                case TEXT -> text(part.getText(), part, place, blocks);
                case REFUSAL -> text(part.getRefusal(), part, place, blocks);
                case IMAGE_URL -> {
                    if (!pictures) {
                        throw Refusal.unsupportedValue(
                                place + ".image_url", "This model reads pictures of users only.");
                    }
                    blocks.add(hinted(picture(part.getImageUrl(), place), part, place));
                }
                default ->
                        throw Refusal.unsupportedValue(
                                place + "." + part.getPartCase().name().toLowerCase(Locale.ROOT),
                                "This model reads texts and pictures only.");
            }
        }
        return blocks;
    }

    /** The API refuses empty texts, which callers send beside tool calls. */
    private static void text(String text, ContentPart part, String path, List<JsonObject> blocks) {
        if (!text.isEmpty()) {
            blocks.add(hinted(text(text), part, path));
        }
    }

    static JsonObject text(String text) {
        return JsonObject.of("type", "text").put("text", text);
    }

    private static JsonObject picture(ImageUrl image, String path) {
        if (!image.getDetail().isEmpty() && !image.getDetail().equals("auto")) {
            throw Refusal.unsupportedValue(
                    path + ".image_url.detail",
                    "This model looks at pictures in one way; use `auto` or leave it out.");
        }
        return JsonObject.of("type", "image").put("source", source(image.getUrl(), path));
    }

    /** Whether an address may be fetched has been looked at. */
    private static JsonObject source(String url, String path) {
        if (!url.regionMatches(true, 0, "data:", 0, 5)) {
            return JsonObject.of("type", "url").put("url", url);
        }
        DataAddress data =
                DataAddress.of(url)
                        .filter(each -> PICTURES.contains(each.type()))
                        .orElseThrow(() ->
                                Refusal.unsupportedValue(
                                        path + ".image_url.url",
                                        "This model reads JPEG, PNG, GIF and WebP; send"
                                                + " `data:image/png;base64,…`."));
        return JsonObject.of("type", "base64")
                .put("media_type", data.type())
                .put("data", data.base64());
    }

    private static JsonObject hinted(JsonObject block, ContentPart part, String path) {
        part.getExtraMap()
                .forEach((name, json) -> {
                    if (name.equals("type") || name.equals("text") || name.equals("source")) {
                        throw Refusal.unsupportedValue(
                                path + "." + name, "This field cannot be set so.");
                    }
                    block.put(name, RawJson.value(json, path + "." + name));
                });
        if (part.hasPromptCacheBreakpoint()) {
            block.put(
                    "cache_control",
                    CacheHints.of(
                            part.getPromptCacheBreakpoint().getTtl(),
                            path + ".prompt_cache_breakpoint.ttl"));
        }
        return block;
    }
}
