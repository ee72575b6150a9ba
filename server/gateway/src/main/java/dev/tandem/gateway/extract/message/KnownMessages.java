package dev.tandem.gateway.extract.message;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.transcoding.schema.Declarations;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The protobuf messages that requests can name. Their schemas are made when first asked for. */
public final class KnownMessages {
    private final Map<String, Descriptor> byName = new TreeMap<>();
    private final Map<String, MessageType> types = new ConcurrentHashMap<>();

    /** Those of the files and of all that they import. */
    public KnownMessages(Collection<FileDescriptor> files) {
        Declarations.withImports(files).forEach(file -> add(file.getMessageTypes()));
    }

    private void add(List<Descriptor> messages) {
        for (Descriptor message : messages) {
            byName.putIfAbsent(message.getFullName(), message);
            add(message.getNestedTypes());
        }
    }

    /**
     * The message of a full name.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code validation_failed} where there is none
     */
    public MessageType named(String name) {
        Descriptor message = byName.get(name);
        if (message == null || message.getOptions().getMapEntry()) {
            throw ApiError.violations(
                            List.of(
                                    new Violation(
                                            "message_type",
                                            "unknown_message",
                                            "Must be the full name of a protobuf message that this server"
                                                    + " knows; /proto lists those of its services.")))
                    .toException();
        }
        return types.computeIfAbsent(name, n -> MessageType.of(message));
    }
}
