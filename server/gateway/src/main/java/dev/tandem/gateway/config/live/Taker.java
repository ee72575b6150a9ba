package dev.tandem.gateway.config.live;

/**
 * Who takes the changes of a section. All takers of a change prepare before the first one switches;
 * where one refuses, none does. On one thread, never two at a time.
 *
 * @param <T> the section's record
 */
@FunctionalInterface
public interface Taker<T> {
    /**
     * Makes ready for another record.
     *
     * @return switches to it; must be quick and must not fail
     * @throws RefusedException where it cannot be taken; everything stays as it is
     */
    Runnable prepare(T next) throws RefusedException;

    /** A record that cannot be taken. */
    final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        /**
         * @param sentence says what is wrong and what would be right; nothing of a secret
         */
        public RefusedException(String sentence) {
            super(sentence);
        }
    }
}
