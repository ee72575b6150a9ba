package dev.tandem.structured.check;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;

/**
 * A mailbox by its form: the validator's own rule also wants a top-level domain of a list, which
 * RFC 5321 does not have.
 */
final class EmailFormat implements Format {
    private static final int LONGEST = 254;

    @Override
    public String getName() {
        return "email";
    }

    @Override
    public String getMessageKey() {
        return "format.email";
    }

    @Override
    public boolean matches(ExecutionContext context, String value) {
        int at = value.lastIndexOf('@');
        return at > 0
                && at < value.length() - 1
                && value.length() <= LONGEST
                && value.chars().noneMatch(c -> c <= ' ' || c == 0x7F);
    }
}
