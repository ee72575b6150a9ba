package dev.tandem.llamacpp.loop;

/**
 * The model with its context and slots needs more memory than it may have. The message says which
 * setting to lower.
 */
public final class BudgetExceeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    BudgetExceeded(String message) {
        super(message);
    }
}
