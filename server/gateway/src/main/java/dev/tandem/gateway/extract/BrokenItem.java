package dev.tandem.gateway.extract;

import dev.tandem.structured.check.Violation;
import dev.tandem.v1.RejectedItem;
import java.util.List;

/**
 * An item that is not valid.
 *
 * @param text as the model wrote it
 * @param broken at least one
 */
record BrokenItem(String text, List<Violation> broken) {
    private static final int LONGEST = 2_048;

    RejectedItem toMessage() {
        return RejectedItem.newBuilder()
                .setText(Correction.cut(text, LONGEST))
                .addAllProblems(broken.stream().map(Violation::toString).toList())
                .build();
    }
}
