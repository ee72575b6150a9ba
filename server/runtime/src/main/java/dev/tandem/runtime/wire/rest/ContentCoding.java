package dev.tandem.runtime.wire.rest;

import dev.tandem.transcoding.form.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The content codings of requests and answers: gzip and none (RFC 9110, sections 8.4, 12.5.3). */
enum ContentCoding {
    IDENTITY,
    GZIP,
    /** One that is not read here, or several. */
    OTHER;

    private static final Set<String> GZIPS = Set.of("gzip", "x-gzip");

    /**
     * How a request's body is packed.
     *
     * @param contentEncoding the values of that header
     */
    static ContentCoding ofBody(List<String> contentEncoding) {
        List<String> codings =
                tokens(contentEncoding).filter(each -> !each.equals("identity")).toList();
        if (codings.isEmpty()) {
            return IDENTITY;
        }
        return codings.size() == 1 && GZIPS.contains(codings.getFirst()) ? GZIP : OTHER;
    }

    /**
     * How an answer may be packed: GZIP where the client wants it at least as much as nothing.
     *
     * @param acceptEncoding the values of that header; none at all means that nothing is packed
     */
    static ContentCoding forAnswer(List<String> acceptEncoding) {
        double every = -1;
        double gzip = -1;
        double identity = -1;
        for (String range : tokens(acceptEncoding).toList()) {
            String name = MediaType.essence(range);
            double quality = MediaTypes.quality(range);
            if (GZIPS.contains(name)) {
                gzip = Math.max(gzip, quality);
            } else if (name.equals("identity")) {
                identity = quality;
            } else if (name.equals("*")) {
                every = quality;
            }
        }
        double wanted = gzip < 0 ? every : gzip;
        return wanted > 0 && wanted >= identity ? GZIP : IDENTITY;
    }

    private static Stream<String> tokens(List<String> values) {
        return values.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .filter(token -> !token.isEmpty());
    }
}
