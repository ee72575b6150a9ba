package dev.tandem.bedrock;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an engine asks Amazon Bedrock. Which model it asks, a request says: a model id, the id or ARN
 * of an inference profile, or an ARN of a model of one's own. Its text shows no key.
 *
 * @param access where, and by what AWS knows this server
 * @param model what is said of the model
 * @param dialect what the model understands
 * @param passing what goes through beyond the contract
 * @param limits how long and how large an answer may be
 */
public record BedrockSettings(
        Access access, Facts model, Dialect dialect, Passing passing, Limits limits) {
    /**
     * Where, and by what AWS knows this server.
     *
     * @param region as {@code eu-central-1}; null for the one that AWS's SDK finds, as in {@code
     *     AWS_REGION} or the profile
     * @param endpoint in the place of the region's own, as of a VPC endpoint: {@code
     *     https://vpce-….bedrock-runtime.eu-central-1.vpce.amazonaws.com}; no path, no query, no
     *     user; null for the region's own
     */
    public record Access(
            @Nullable String region, @Nullable URI endpoint, BedrockCredentials credentials) {
        /** All as AWS's SDK finds it. */
        public static final Access FOUND = new Access(null, null, new BedrockCredentials.Found());

        public Access {
            if (region != null && !region.matches("[a-z0-9-]{1,63}")) {
                throw new IllegalArgumentException(
                        "the region must be like eu-central-1: small letters, digits, hyphens");
            }
            if (endpoint != null) {
                check(endpoint);
            }
        }

        private static void check(URI endpoint) {
            String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
            boolean bare =
                    endpoint.getRawUserInfo() == null
                            && endpoint.getRawQuery() == null
                            && endpoint.getRawFragment() == null
                            && Set.of("", "/").contains(endpoint.getRawPath());
            if (!Set.of("http", "https").contains(scheme) || endpoint.getHost() == null || !bare) {
                throw new IllegalArgumentException(
                        "the endpoint must be http:// or https:// with a host, and a port where"
                                + " needed, and nothing else");
            }
        }
    }

    /**
     * What Bedrock does not tell of a model.
     *
     * @param owner who runs the model, for the list of models; {@code aws} unless told
     * @param contextLength in tokens; empty, where it is not known, unless told
     */
    public record Facts(String owner, OptionalInt contextLength) {
        /** Those that hold unless told otherwise. */
        public static final Facts DEFAULT = new Facts("aws", OptionalInt.empty());
    }

    /** How the model is held to a JSON Schema. */
    public enum Schemas {
        /**
         * By the API's own field for it, {@code outputConfig.textFormat}; not all models have it.
         */
        OUTPUT_FORMAT,
        /** By a tool that the model must call, whose input is the answer; all that know tools. */
        FORCED_TOOL
    }

    /**
     * What the model understands.
     *
     * @param streams ask with ConverseStream? Otherwise with Converse: answers come whole, and
     *     callers who asked for a stream get it all at once; true unless told
     * @param schemas {@code OUTPUT_FORMAT} unless told
     * @param unsignedReasoning does it take its earlier reasoning back without a signature?
     *     Otherwise {@code reasoning_content} in a request is left out where no {@code
     *     reasoning_signature} stands beside it; false unless told
     */
    public record Dialect(boolean streams, Schemas schemas, boolean unsignedReasoning) {
        /** That which holds unless told otherwise. */
        public static final Dialect DEFAULT = new Dialect(true, Schemas.OUTPUT_FORMAT, false);
    }

    /**
     * What goes through beyond the contract, never over one of its fields.
     *
     * @param request fields of requests that go into {@code additionalModelRequestFields} by their
     *     own names, as {@code top_k}; what is not named is refused with the field's name; none
     *     unless told
     * @param answer fields of answers: {@code reasoning_content}, {@code reasoning_signature} and
     *     {@code reasoning_redacted}, the encrypted reasoning in base64; all three unless told
     */
    public record Passing(Set<String> request, Set<String> answer) {
        /** What a model can add to its answers. */
        static final Set<String> POSSIBLE =
                Set.of(
                        ReasoningFields.CONTENT,
                        ReasoningFields.SIGNATURE,
                        ReasoningFields.REDACTED);

        /** That which holds unless told otherwise. */
        public static final Passing DEFAULT = new Passing(Set.of(), POSSIBLE);

        public Passing {
            request = Set.copyOf(request);
            answer = Set.copyOf(answer);
            if (!POSSIBLE.containsAll(answer)) {
                throw new IllegalArgumentException(
                        "answers can have reasoning_content, reasoning_signature and"
                                + " reasoning_redacted");
            }
        }
    }

    /**
     * How long and how large an answer may be; beside them stand the limits of the call.
     *
     * @param connect to have a connection; 1 ms to 5 min, 10 s unless told
     * @param first from the request's begin to the first event, or to the whole of an answer that
     *     does not come in events; 1 ms to 24 h, 300 s unless told
     * @param gap between two events; 1 ms to 24 h, 60 s unless told
     * @param answer the most bytes of an answer as it comes; 1 KiB to 1 GiB, 64 MiB unless told
     * @param connections the most at once, one for each running call; 1 to 100,000, 1,000 unless
     *     told
     */
    public record Limits(
            Duration connect, Duration first, Duration gap, long answer, int connections) {
        private static final Duration LONGEST = Duration.ofHours(24);
        private static final Duration LONGEST_CONNECT = Duration.ofMinutes(5);
        private static final long SMALLEST = 1L << 10;
        private static final long LARGEST = 1L << 30;
        private static final int MOST_CONNECTIONS = 100_000;

        /** Those that hold unless told otherwise. */
        public static final Limits DEFAULT =
                new Limits(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(300),
                        Duration.ofSeconds(60),
                        64L << 20,
                        1_000);

        public Limits {
            if (!within(connect, LONGEST_CONNECT)) {
                throw new IllegalArgumentException("connect must be 1 ms to 5 min");
            }
            if (!within(first, LONGEST) || !within(gap, LONGEST)) {
                throw new IllegalArgumentException("first and gap must be 1 ms to 24 h");
            }
            if (answer < SMALLEST || answer > LARGEST) {
                throw new IllegalArgumentException("answer must be 1 KiB to 1 GiB");
            }
            if (connections < 1 || connections > MOST_CONNECTIONS) {
                throw new IllegalArgumentException("connections must be 1 to 100,000");
            }
        }

        private static boolean within(Duration limit, Duration longest) {
            return limit.toMillis() >= 1 && limit.compareTo(longest) <= 0;
        }
    }

    /** Nothing told but where, and by what AWS knows this server. */
    public static BedrockSettings of(Access access) {
        return new BedrockSettings(
                access, Facts.DEFAULT, Dialect.DEFAULT, Passing.DEFAULT, Limits.DEFAULT);
    }

    /** The same with other facts. */
    public BedrockSettings model(Facts other) {
        return new BedrockSettings(access, other, dialect, passing, limits);
    }

    /** The same with another dialect. */
    public BedrockSettings dialect(Dialect other) {
        return new BedrockSettings(access, model, other, passing, limits);
    }

    /** The same with other fields that go through. */
    public BedrockSettings passing(Passing other) {
        return new BedrockSettings(access, model, dialect, other, limits);
    }

    /** The same with other limits. */
    public BedrockSettings limits(Limits other) {
        return new BedrockSettings(access, model, dialect, passing, other);
    }
}
