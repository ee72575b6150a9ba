package dev.tandem.runtime.limits;

/**
 * What one call takes of one limit.
 *
 * @param account who is counted together; the same text on every server that shares the limits
 * @param whose the same for callers, who may not see names of others: {@code key}, {@code model
 *     tiny}, {@code server}
 * @param limit what is allowed
 * @param amount how much is reserved, 0 or more; of {@link Span#AT_ONCE} always 1
 */
public record Charge(String account, String whose, Limit limit, long amount) {
    public Charge {
        if (amount < 0 || (limit.span() == Span.AT_ONCE && amount != 1)) {
            throw new IllegalArgumentException("cannot charge " + amount + " of " + limit.id());
        }
    }
}
