package dev.tandem.client;

/**
 * What is left of a client's {@linkplain RetryPolicy#budget budget}. All calls of a client share
 * it. For all threads.
 */
final class RetryBudget {
    private final double most;
    private final double refill;
    private double tokens; // guarded by this

    RetryBudget(RetryPolicy policy) {
        most = policy.budget();
        refill = policy.refill();
        tokens = most;
    }

    /** A call failed in a way that might be repeated; may it be? */
    synchronized boolean takeForFailure() {
        tokens = Math.max(0, tokens - 1);
        return tokens > most / 2;
    }

    /** A call was answered. */
    synchronized void giveBack() {
        tokens = Math.min(most, tokens + refill);
    }
}
