package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.wire.connection.Peer;
import dev.tandem.runtime.wire.connection.PeerCertificate;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.transcoding.route.RouteMatch;
import io.helidon.http.Header;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every HTTP request that is not native gRPC comes in here: a call is opened for it and every
 * policy's first door asked, before the body is read. A path of the route table is answered at
 * once; any other request goes on to the pages, who find the {@link Call} in the request's context.
 */
final class FirstDoor implements Filter {
    private final Places places;
    private final Pipeline pipeline;
    private final Calls calls;
    private final RestSettings settings;
    private final Timers timers;

    FirstDoor(Places places, Pipeline pipeline, Calls calls, RestSettings settings, Timers timers) {
        this.places = places;
        this.pipeline = pipeline;
        this.calls = calls;
        this.settings = settings;
        this.timers = timers;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Upgrade upgrade = places.upgrade(request);
        RouteMatch.Found found = upgrade == null ? ofMethod(request) : null;
        Head head = head(request, found);
        ApiError badTimeout = null;
        Duration timeout = null;
        try {
            timeout = RequestTimeout.of(head);
        } catch (ApiException e) {
            badTimeout = e.error();
        }
        Call call = calls.open(upgrade == null ? head : upgrade.head(head), timeout);
        Registration presence = Peer.onGone(request, () -> call.clientGone(Peer.whyGone(request)));
        try {
            Reply reply = new Reply(request, response, call, timers);
            ApiError refusal = pipeline.admit(call);
            if (refusal == null) {
                refusal = badTimeout;
            }
            if (refusal != null) {
                reply.sendError(refusal);
            } else if (call.answer().bare() != 0) {
                reply.sendBare(call.answer().bare());
            } else if (upgrade != null) {
                leaveHttp(upgrade, call, reply);
            } else if (found != null) {
                new Exchange(request, reply, call, settings, timers)
                        .run(places.endpoint(found.route()), found.variables());
            } else {
                page(chain, request, response, call, reply);
            }
            if (reply.endsConnection()) {
                throw new CloseConnectionException("the answer was the connection's last");
            }
        } catch (CancelledException e) {
            throw left(call, e);
        } finally {
            presence.close();
            calls.close(call);
            if (upgrade != null) {
                upgrade.close();
            }
        }
    }

    private static CloseConnectionException left(Call call, CancelledException e) {
        if (call.failure() == null) { // an answer was complete and did not arrive
            CancelCause cause = call.cancelled();
            call.failed(Pipeline.ofCancel(cause == null ? e.reason() : cause));
        }
        // what Helidon takes for an ending without a word in the log
        return new CloseConnectionException("the client left");
    }

    private void leaveHttp(Upgrade upgrade, Call call, Reply reply) {
        ApiError refusal = upgrade.run(call, timers);
        if (refusal == null) {
            throw new CloseConnectionException("the connection has left HTTP");
        }
        if (refusal.code() == Code.UPGRADE_REQUIRED) {
            reply.offerUpgrade();
        }
        reply.sendError(refusal);
    }

    private static void page(
            FilterChain chain,
            RoutingRequest request,
            RoutingResponse response,
            Call call,
            Reply reply) {
        request.context().register(call);
        request.context().register(reply);
        reply.addHeaders(); // a page writes its answer itself
        chain.proceed();
        call.answered(response.status().code());
    }

    /** Where it leads to a method; null for pages. */
    private RouteMatch.@Nullable Found ofMethod(RoutingRequest request) {
        return places.match(request.prologue()) instanceof RouteMatch.Found found
                        && !places.isPage(found.route(), request.prologue())
                ? found
                : null;
    }

    private Head head(RoutingRequest request, RouteMatch.@Nullable Found found) {
        return new Head(
                Head.Wire.REST,
                request.prologue().method().text(),
                request.prologue().uriPath().path(),
                found == null ? null : places.endpoint(found.route()).first().fullName(),
                headers(request),
                request.remotePeer().address(),
                PeerCertificate.of(request.remotePeer()));
    }

    private static Map<String, List<String>> headers(RoutingRequest request) {
        Map<String, List<String>> headers = HashMap.newHashMap(request.headers().size());
        for (Header header : request.headers()) {
            headers.put(header.headerName().lowerCase(), header.allValues());
        }
        return headers;
    }
}
