package dev.tandem.bedrock;

import dev.tandem.engines.Refusal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningTextBlock;

/** A model's earlier reasoning on its way back to it. */
final class ReasoningBlocks {
    private ReasoningBlocks() {}

    /**
     * The blocks of a message's fields.
     *
     * @param unsigned does the model take it without a signature? Otherwise such is left out
     * @param path of the message in the request
     */
    static List<ContentBlock> of(Map<String, String> extra, boolean unsigned, String path) {
        List<ContentBlock> blocks = new ArrayList<>(2);
        String text = text(extra, ReasoningFields.CONTENT, path);
        String signature = text(extra, ReasoningFields.SIGNATURE, path);
        if (text != null && (signature != null || unsigned)) {
            blocks.add(
                    reasoning(
                            ReasoningContentBlock.fromReasoningText(
                                    ReasoningTextBlock.builder()
                                            .text(text)
                                            .signature(signature)
                                            .build())));
        }
        String redacted = text(extra, ReasoningFields.REDACTED, path);
        if (redacted != null) {
            String place = path + "." + ReasoningFields.REDACTED;
            blocks.add(
                    reasoning(ReasoningContentBlock.fromRedactedContent(bytes(redacted, place))));
        }
        return blocks;
    }

    private static ContentBlock reasoning(ReasoningContentBlock block) {
        return ContentBlock.fromReasoningContent(block);
    }

    private static @Nullable String text(Map<String, String> extra, String name, String path) {
        String json = extra.get(name);
        if (json == null) {
            return null;
        }
        Document value =
                Optional.ofNullable(Documents.read(json))
                        .filter(read -> read.isString() || read.isNull())
                        .orElseThrow(() ->
                                Refusal.unsupportedValue(
                                        path + "." + name, "The reasoning must be a text."));
        return value.isNull() || value.asString().isEmpty() ? null : value.asString();
    }

    private static SdkBytes bytes(String base64, String path) {
        try {
            return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw Refusal.unsupportedValue(path, "It must be base64, as the answer had it.");
        }
    }
}
