package dev.tandem.bedrock;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.PromptCacheBreakpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;

/** What a message consists of, as blocks of the API. The API takes no empty text: there is none. */
final class Parts {
    private Parts() {}

    /**
     * The blocks of a user's or an assistant's parts.
     *
     * @param path of the message in the request
     */
    static List<ContentBlock> of(List<ContentPart> parts, String path) {
        List<ContentBlock> blocks = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            ContentPart part = parts.get(i);
            String place = path + ".content[" + i + "]";
            if (part.hasImageUrl()) {
                Refusals.checkExtras(part.getExtraMap(), place + ".", Set.of());
                blocks.add(
                        ContentBlock.fromImage(
                                Images.of(part.getImageUrl(), place + ".image_url")));
            } else {
                String text = text(part, place);
                if (!text.isEmpty()) {
                    blocks.add(ContentBlock.fromText(text));
                }
            }
            if (part.hasPromptCacheBreakpoint()) {
                blocks.add(ContentBlock.fromCachePoint(cachePoint(part, place)));
            }
        }
        return blocks;
    }

    /** The text of a part that must be one; a refusal was said as well as any text. */
    static String text(ContentPart part, String place) {
        Refusals.checkExtras(part.getExtraMap(), place + ".", Set.of());
        return switch (part.getPartCase()) {
            case TEXT -> part.getText();
            case REFUSAL -> part.getRefusal();
            default ->
                    throw Refusal.unsupportedValue(
                            place + "." + part.getPartCase().name().toLowerCase(Locale.ROOT),
                            "This model does not read it here.");
        };
    }

    /** The mark behind a part up to which the prompt is kept. */
    static CachePointBlock cachePoint(ContentPart part, String place) {
        PromptCacheBreakpoint mark = part.getPromptCacheBreakpoint();
        String path = place + ".prompt_cache_breakpoint";
        Refusals.refuse(
                !mark.getMode().equals("explicit"),
                path + ".mode",
                "This model knows the mode `explicit` only.");
        Refusals.refuse(
                mark.hasTtl() && !Set.of("5m", "1h").contains(mark.getTtl()),
                path + ".ttl",
                "This model keeps prompts for `5m` or `1h`.");
        CachePointBlock.Builder point = CachePointBlock.builder().type(CachePointType.DEFAULT);
        return (mark.hasTtl() ? point.ttl(mark.getTtl()) : point).build();
    }
}
