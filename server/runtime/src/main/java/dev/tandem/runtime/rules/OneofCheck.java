package dev.tandem.runtime.rules;

import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.Accessors;
import java.util.stream.Collectors;

/** One member of a oneof must be there. */
final class OneofCheck {
    private final Accessors.Has[] members;
    private final String sentence;

    OneofCheck(OneofDescriptor oneof, Accessors accessors) {
        // reflection on the oneof as a whole would cost more than asking each member
        members =
                oneof.getFields().stream()
                        .map(field ->
                                accessors.bind(Accessors.Has.class, field, Accessors.Verb.HAS))
                        .toArray(Accessors.Has[]::new);
        sentence = wanted(oneof);
    }

    void check(Message message, Findings out) {
        for (Accessors.Has member : members) {
            if (member.has(message)) {
                return;
            }
        }
        out.add(Rule.REQUIRED, sentence);
    }

    /** A oneof has no path of its own in JSON: the message is at fault, the sentence says why. */
    static String wanted(OneofDescriptor oneof) {
        return "Must have one of "
                + oneof.getFields().stream()
                        .map(field -> '"' + field.getName() + '"')
                        .collect(Collectors.joining(", "))
                + ".";
    }
}
