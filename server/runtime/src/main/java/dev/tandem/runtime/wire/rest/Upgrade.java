package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Head;
import dev.tandem.transcoding.route.Route;
import org.jspecify.annotations.Nullable;

/** A request whose connection shall leave HTTP for another protocol. Of the request's thread. */
public interface Upgrade {
    /** Where it leads. */
    Route route();

    /**
     * The head of the call that the request makes.
     *
     * @param asked its head as a request of HTTP
     */
    Head head(Head asked);

    /**
     * Leaves HTTP and answers the call, which every policy has admitted, to its end; the connection
     * is of no use any more.
     *
     * @return why the request is refused instead, to be answered over HTTP; null where it is not
     * @throws CancelledException when the client is gone
     */
    @Nullable ApiError run(Call call, Timers timers);

    /** The call has ended: lets go of the connection, perhaps after a short wait. */
    void close();
}
