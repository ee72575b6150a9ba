package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.Call;
import java.util.function.Function;

/**
 * A label of the metrics of calls that only the services know.
 *
 * @param name letters, digits and underscores
 * @param value asked once at the call's end. There must be few of them, whatever callers send: a
 *     name that a caller made up is {@link #OTHER}; empty where there is none
 */
public record Label(String name, Function<Call, String> value) {
    /** The value that stands for all that are not told apart. */
    public static final String OTHER = "_other";
}
