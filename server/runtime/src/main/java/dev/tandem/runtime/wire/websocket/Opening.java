package dev.tandem.runtime.wire.websocket;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.RawConnection;
import dev.tandem.runtime.wire.rest.Timers;
import dev.tandem.runtime.wire.rest.Upgrade;
import dev.tandem.transcoding.route.Route;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that asks for a WebSocket where there is one. */
final class Opening implements Upgrade {
    private final ServerRequest request;
    private final SocketEndpoint endpoint;
    private final List<String> variables;
    private final SocketSettings settings;
    private Offer offer = Offer.NOTHING; // until the head is read
    private @Nullable Conversation conversation; // null until the connection has left HTTP

    /**
     * @param variables those of the path
     */
    Opening(
            ServerRequest request,
            SocketEndpoint endpoint,
            List<String> variables,
            SocketSettings settings) {
        this.request = request;
        this.endpoint = endpoint;
        this.variables = variables;
        this.settings = settings;
    }

    @Override
    public Route route() {
        return endpoint.route();
    }

    @Override
    public Head head(Head asked) {
        offer = Offer.of(asked.headers());
        return offer.head(asked, endpoint.method().fullName());
    }

    @Override
    public @Nullable ApiError run(Call call, Timers timers) {
        ApiError refusal = refusal(call);
        if (refusal != null) {
            return refusal;
        }
        Message parameters;
        try {
            parameters = endpoint.parameters(variables, request.query().rawValue());
        } catch (ApiException e) {
            return e.error();
        }
        RawConnection raw = Peer.leaveHttp(request);
        if (raw == null) {
            return ApiError.of(
                    Reasons.BAD_REQUEST,
                    "Something follows the request; frames may follow its answer only.");
        }
        Subprotocol chosen = offer.chosen();
        Conversation begun =
                new Conversation(
                        call,
                        raw,
                        endpoint,
                        settings,
                        timers,
                        chosen == null ? Subprotocol.JSON : chosen);
        conversation = begun;
        begun.run(Handshake.answer(call, chosen), parameters);
        return null;
    }

    private @Nullable ApiError refusal(Call call) {
        if (request.content().hasEntity()) {
            return ApiError.of(
                    Reasons.UNEXPECTED_BODY,
                    "A request for a WebSocket has no body; leave it out.");
        }
        ApiError wrong = Handshake.refusal(call.head().headers(), call.answer());
        return wrong == null ? offer.refusal() : wrong;
    }

    @Override
    public void close() {
        if (conversation != null) {
            conversation.close();
        }
    }
}
