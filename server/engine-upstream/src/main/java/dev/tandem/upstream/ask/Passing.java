package dev.tandem.upstream.ask;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What goes through beyond the contract, never over one of its fields. What is not named here is
 * refused in requests, with the field's name, and left out of answers.
 *
 * @param request fields of requests; none unless told
 * @param message fields of messages and their parts; {@code reasoning_content} unless told. Where
 *     that is not named, it is left out and not refused: callers send back what they were sent
 * @param answer fields of answers, messages and deltas; {@code reasoning_content} and {@code
 *     reasoning} unless told
 * @param imageHosts from which the server may fetch images, in lower case, without port; none
 *     unless told: images come as {@code data:} addresses. Nothing is fetched here
 */
public record Passing(
        Set<String> request, Set<String> message, Set<String> answer, Set<String> imageHosts) {
    /** That which holds unless told otherwise. */
    public static final Passing DEFAULT =
            new Passing(
                    Set.of(),
                    Set.of("reasoning_content"),
                    Set.of("reasoning_content", "reasoning"),
                    Set.of());

    public Passing {
        request = Set.copyOf(request);
        message = Set.copyOf(message);
        answer = Set.copyOf(answer);
        imageHosts =
                imageHosts.stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
