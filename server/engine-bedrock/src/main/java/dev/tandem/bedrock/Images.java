package dev.tandem.bedrock;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.ImageUrl;
import java.util.Base64;
import java.util.Locale;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ImageBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ImageFormat;
import software.amazon.awssdk.services.bedrockruntime.model.ImageSource;

/** Pictures as the API takes them: bytes. Nothing is fetched. */
final class Images {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    private Images() {}

    /**
     * The picture in a {@code data:} address.
     *
     * @param path of the picture in the request
     */
    static ImageBlock of(ImageUrl image, String path) {
        Refusals.refuse(
                !image.getDetail().isEmpty() && !image.getDetail().equals("auto"),
                path + ".detail",
                "This model looks as closely as it likes; leave it out.");
        String url = image.getUrl();
        int comma = url.indexOf(',');
        if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || comma < 0) {
            throw Refusal.unsupportedValue(
                    path + ".url", "This model fetches no images; send them as `data:` addresses.");
        }
        String type = url.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT);
        Refusals.refuse(
                !type.endsWith(BASE64), path + ".url", "The image must be base64: `;base64,`.");
        return ImageBlock.builder()
                .format(format(type.substring(0, type.length() - BASE64.length()), path + ".url"))
                .source(ImageSource.fromBytes(bytes(url.substring(comma + 1), path + ".url")))
                .build();
    }

    private static ImageFormat format(String type, String path) {
        return switch (type) {
            case "image/png" -> ImageFormat.PNG;
            case "image/jpeg", "image/jpg" -> ImageFormat.JPEG;
            case "image/gif" -> ImageFormat.GIF;
            case "image/webp" -> ImageFormat.WEBP;
            default ->
                    throw Refusal.unsupportedValue(
                            path, "This model reads images of type png, jpeg, gif and webp.");
        };
    }

    private static SdkBytes bytes(String base64, String path) {
        try {
            return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw Refusal.unsupportedValue(path, "The image is no base64.");
        }
    }
}
