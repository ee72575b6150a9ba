package dev.tandem.runtime.rules;

import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.tandem.transcoding.schema.Declarations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds which rules are wrong. protovalidate stops at the first and does not tell its place, so
 * each declaration's rules are compiled without all others.
 */
final class RuleProblems {
    private RuleProblems() {}

    /**
     * All that is wrong, a line for each.
     *
     * @param first what protovalidate said of all together
     */
    static String of(Collection<Descriptor> roots, CompilationException first) {
        Collection<Descriptor> types = RuleReach.types(roots);
        Declarations declarations =
                Declarations.of(types.stream().map(Descriptor::getFile).distinct().toList());
        List<String> problems = new ArrayList<>();
        for (Descriptor type : types) {
            for (GenericDescriptor declaration : withRules(type)) {
                String problem = problem(type, declaration);
                if (problem != null) {
                    problems.add(
                            declarations.place(declaration)
                                    + ": "
                                    + declaration.getFullName()
                                    + ": "
                                    + problem);
                }
            }
        }
        if (problems.isEmpty()) {
            problems.add(String.valueOf(first.getMessage()));
        }
        return "validation rules of the .proto files cannot be compiled:\n  "
                + String.join("\n  ", problems);
    }

    private static List<GenericDescriptor> withRules(Descriptor type) {
        List<GenericDescriptor> declarations = new ArrayList<>();
        if (type.getOptions().hasExtension(ValidateProto.message)) {
            declarations.add(type);
        }
        for (OneofDescriptor oneof : type.getOneofs()) {
            if (oneof.getOptions().hasExtension(ValidateProto.oneof)) {
                declarations.add(oneof);
            }
        }
        for (FieldDescriptor field : type.getFields()) {
            if (field.getOptions().hasExtension(ValidateProto.field)) {
                declarations.add(field);
            }
        }
        return declarations;
    }

    private static @Nullable String problem(Descriptor type, GenericDescriptor kept) {
        Descriptor alone = new LoneRules(kept).in(type);
        try {
            ValidatorFactory.newBuilder().buildWithDescriptors(List.of(alone), false);
            return null;
        } catch (CompilationException e) {
            String message = String.valueOf(e.getMessage());
            return message.strip().replaceAll("\\s*\\n\\s*", " ");
        }
    }
}
