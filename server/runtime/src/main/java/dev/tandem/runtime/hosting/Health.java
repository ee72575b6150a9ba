package dev.tandem.runtime.hosting;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The standard health service, {@code grpc.health.v1.Health}: a readiness for the server and one
 * for each of its services. Safe for use by any thread.
 */
public final class Health {
    private static final long LOOK_AGAIN_SECONDS = 1;

    private final BooleanSupplier ready;
    private final Map<String, BooleanSupplier> services;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean draining;

    /**
     * @param services the services that may be asked for by their full names, each with whether it
     *     answers calls; the empty name, for the server as a whole, always may
     * @param ready whether the server answers calls; all are asked often and must not block
     */
    public Health(Map<String, BooleanSupplier> services, BooleanSupplier ready) {
        this.services = Map.copyOf(services);
        this.ready = ready;
    }

    /** The service, to be registered like any other. */
    public Service service() {
        return Service.of(HealthGrpc.getServiceDescriptor())
                .unary(HealthGrpc.getCheckMethod(), this::check)
                .stream(HealthGrpc.getWatchMethod(), this::watch)
                .build();
    }

    /** Tells watchers at once of a change that they would otherwise see within a second. */
    public void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is serving; watchers are told so and their streams end. */
    public void drain() {
        lock.lock();
        try {
            draining = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private HealthCheckResponse check(HealthCheckRequest request, Call call) {
        ServingStatus status = status(request.getService());
        if (status == ServingStatus.SERVICE_UNKNOWN) {
            throw ApiError.of(
                            Reasons.UNKNOWN_SERVICE,
                            "There is no service " + request.getService() + " on this server.")
                    .toException();
        }
        return response(status);
    }

    private void watch(HealthCheckRequest request, Sink<HealthCheckResponse> sink, Call call)
            throws InterruptedException {
        ServingStatus told = ServingStatus.UNKNOWN;
        boolean last;
        do {
            last = isDraining(); // asked first, so that the status below is the last one
            ServingStatus now = status(request.getService());
            if (now != told) {
                sink.send(response(now));
                told = now;
            }
            if (!last) {
                awaitOther(request.getService(), told);
            }
        } while (!last);
        throw ApiError.of(Reasons.SERVER_STOPPING, "The server is stopping; watch another one.")
                .toException();
    }

    /** Waits for another status, or until the server drains. */
    private void awaitOther(String service, ServingStatus told) throws InterruptedException {
        lock.lock();
        try {
            while (status(service) == told && !draining) {
                // the supplier tells nobody when it changes its mind: look again now and then
                boolean _ = changed.await(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private ServingStatus status(String service) {
        BooleanSupplier one = service.isEmpty() ? ready : services.get(service);
        if (one == null) {
            return ServingStatus.SERVICE_UNKNOWN;
        }
        return one.getAsBoolean() && !isDraining()
                ? ServingStatus.SERVING
                : ServingStatus.NOT_SERVING;
    }

    private boolean isDraining() {
        lock.lock();
        try {
            return draining;
        } finally {
            lock.unlock();
        }
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }
}
