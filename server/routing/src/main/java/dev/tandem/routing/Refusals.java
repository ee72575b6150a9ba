package dev.tandem.routing;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import java.time.Duration;

/** What is answered where no engine can be asked. */
final class Refusals {
    private static final Duration SOON = Duration.ofSeconds(1);

    private Refusals() {}

    /** The configuration was changed in the moment in which the call came. */
    static ApiException replaced() {
        return ApiError.of(
                        EngineReasons.UPSTREAM_UNAVAILABLE,
                        "The engines of this model are being replaced; send the request again.")
                .retryAfter(SOON)
                .toException();
    }
}
