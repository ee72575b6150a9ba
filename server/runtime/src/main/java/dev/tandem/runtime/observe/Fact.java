package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.Call;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that is told of each call in the log, and that only the services know: the model, the
 * tokens.
 *
 * @param name letters, digits and underscores
 * @param value a number, a boolean or a text, asked once at the call's end; null where there is
 *     none. Never content, never a credential
 */
public record Fact(String name, Function<Call, @Nullable Object> value) {}
