package dev.tandem.upstream.ask;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import dev.tandem.engines.Refusal;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a request that an engine does something with. Every other that is set is refused by
 * its name, so that nothing a caller asks for vanishes; but for what the contract says is not read,
 * and for values that ask for nothing. For all threads.
 */
public final class Supported {
    /** What any engine may pass over. */
    private static final Set<String> NOT_READ =
            Set.of("extra", "metadata", "annotations", "stream", "stream_options");

    /** Ask for nothing where they are 0 or false. */
    private static final Set<String> NOTHING_WHEN_ZERO =
            Set.of("presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "store");

    private final Set<String> ofRequest;
    private final Set<String> ofMessage;

    /**
     * @param ofRequest fields of {@link ChatRequest}
     * @param ofMessage fields of {@link ChatMessage}
     */
    public Supported(Set<String> ofRequest, Set<String> ofMessage) {
        this.ofRequest = Set.copyOf(ofRequest);
        this.ofMessage = Set.copyOf(ofMessage);
    }

    /** Looks at a request and its messages. */
    public void check(ChatRequest request) {
        check(request, "", ofRequest);
        for (int i = 0; i < request.getMessagesCount(); i++) {
            check(request.getMessages(i), "messages[" + i + "].", ofMessage);
        }
    }

    private static void check(MessageOrBuilder message, String prefix, Set<String> known) {
        for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
            String name = set.getKey().getName();
            if (!known.contains(name) && !NOT_READ.contains(name) && asks(name, set.getValue())) {
                throw Refusal.unsupportedValue(
                        prefix + name, "This model's server knows no such field; leave it out.");
            }
        }
    }

    private static boolean asks(String name, Object value) {
        if (name.equals("n")) {
            return !value.equals(1);
        }
        if (name.equals("modalities")) {
            return !(value instanceof List<?> list && list.stream().allMatch("text"::equals));
        }
        boolean zero = value.equals(false) || value.equals(0) || value.equals(0.0);
        return !(zero && NOTHING_WHEN_ZERO.contains(name));
    }
}
