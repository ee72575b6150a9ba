package dev.tandem.runtime.rules;

import com.google.protobuf.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of one message type. Compiled in two steps, because types may contain themselves. */
final class TypeRules {
    private FieldCheck[] fields = {};
    private OneofCheck[] oneofs = {};
    private @Nullable Delegate delegate;

    /** Sets the rules that are checked here. */
    void compiled(List<FieldCheck> fieldChecks, List<OneofCheck> oneofChecks) {
        fields = fieldChecks.toArray(FieldCheck[]::new);
        oneofs = oneofChecks.toArray(OneofCheck[]::new);
    }

    /** Leaves the type, with all that it contains, to protovalidate. */
    void delegated(Delegate toOther) {
        delegate = toOther;
    }

    void check(Message message, Findings out) {
        Delegate other = delegate;
        if (other != null) {
            other.check(message, out);
            return;
        }
        for (OneofCheck oneof : oneofs) {
            oneof.check(message, out);
        }
        for (FieldCheck field : fields) {
            field.check(message, out);
        }
    }
}
