package dev.tandem.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import build.buf.validate.Violation;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.tandem.test.v1.Ruled;
import dev.tandem.transcoding.json.ViolationPath;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RuleBookPropertyTest {
    private static final Ruled PROTOTYPE = Ruled.getDefaultInstance();
    private static final RuleBook OURS = new RuleBook(List.of(PROTOTYPE));
    private static final Validator THEIRS = ValidatorFactory.newBuilder().build();

    @Property(tries = 1000)
    void findsWhatProtovalidateFinds(@ForAll long seed)
            throws ValidationException, InvalidProtocolBufferException {
        // as from a wire: a map's keys differ
        Message message = Ruled.parseFrom(new RandomRuled(seed).of(PROTOTYPE, 2).toByteString());

        Findings found = OURS.check(message);

        List<String> expected =
                THEIRS.validate(message).getViolations().stream()
                        .map(violation -> text(violation.toProto()))
                        .toList();
        if (expected.size() <= Findings.MOST) {
            assertThat(found.listed())
                    .extracting(each -> each.place() + " " + each.violation().rule())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(found.count()).isEqualTo(expected.size());
        assertThat(found.listed())
                .allSatisfy(each ->
                        assertThat(each.violation().message())
                                .matches("[A-Z].* .*\\.")
                                .doesNotContain("null"));
    }

    private static String text(Violation violation) {
        StringBuilder path = new StringBuilder();
        for (FieldPathElement step : violation.getField().getElementsList()) {
            if (step.getFieldNumber() != 0) { // a oneof has none
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
                path.append(subscript(step));
            }
        }
        return path + " " + violation.getRuleId();
    }

    private static String subscript(FieldPathElement step) {
        return switch (step.getSubscriptCase()) {
            case INDEX -> "[" + step.getIndex() + "]";
            case STRING_KEY -> ViolationPath.key(step.getStringKey());
            case INT_KEY -> ViolationPath.key(String.valueOf(step.getIntKey()));
            case UINT_KEY -> ViolationPath.key(Long.toUnsignedString(step.getUintKey()));
            case BOOL_KEY -> ViolationPath.key(String.valueOf(step.getBoolKey()));
            case SUBSCRIPT_NOT_SET -> "";
        };
    }
}
