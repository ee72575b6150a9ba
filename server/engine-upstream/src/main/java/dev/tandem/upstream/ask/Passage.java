package dev.tandem.upstream.ask;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.ImageUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of a request go on to the server. For all threads. */
public final class Passage {
    private static final String REASONING = "reasoning_content";

    private final Passing passing;

    /** Of a server whose configuration says so. */
    public Passage(Passing passing) {
        this.passing = passing;
    }

    /** Refuses fields beyond the contract that the configuration does not name. */
    public void checkRequest(Map<String, String> extra) {
        check(extra, "", passing.request());
    }

    /**
     * One message as it goes on.
     *
     * @param path its place: {@code messages[0]}
     */
    public ChatMessage message(ChatMessage message, String path) {
        for (int i = 0; i < message.getContentCount(); i++) {
            checkPart(message.getContent(i), path + ".content[" + i + "]");
        }
        ChatMessage own = message;
        if (message.containsExtra(REASONING) && !passing.message().contains(REASONING)) {
            own = message.toBuilder().removeExtra(REASONING).build();
        }
        check(own.getExtraMap(), path + ".", passing.message());
        return own;
    }

    private void checkPart(ContentPart part, String path) {
        check(part.getExtraMap(), path + ".", passing.message());
        if (part.hasImageUrl()) {
            checkImage(part.getImageUrl(), path + ".image_url.url");
        }
    }

    private void checkImage(ImageUrl image, String path) {
        String url = image.getUrl();
        if (url.regionMatches(true, 0, "data:", 0, 5)) {
            return;
        }
        if (!passing.imageHosts().contains(secureHost(url))) {
            throw Refusal.unsupportedValue(
                    path,
                    passing.imageHosts().isEmpty()
                            ? "This model fetches no images; send them as `data:` addresses."
                            : "This model fetches images by https from "
                                    + String.join(", ", new TreeSet<>(passing.imageHosts()))
                                    + " only; send others as `data:` addresses.");
        }
    }

    /** The host of an https address without user and port; empty for any other. */
    private static String secureHost(String url) {
        try {
            URI address = new URI(url);
            boolean plain =
                    "https".equalsIgnoreCase(address.getScheme())
                            && address.getHost() != null
                            && address.getRawUserInfo() == null
                            && address.getPort() < 0;
            return plain ? address.getHost().toLowerCase(Locale.ROOT) : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static void check(Map<String, String> extra, String prefix, Set<String> allowed) {
        for (String name : extra.keySet()) {
            if (!allowed.contains(name)) {
                throw Refusal.unsupportedValue(
                        prefix + name,
                        "This model knows no field `"
                                + name
                                + "`; "
                                + (allowed.isEmpty()
                                        ? "it knows none beyond the API."
                                        : "beyond the API it knows "
                                                + String.join(", ", new TreeSet<>(allowed))
                                                + "."));
            }
        }
    }
}
