package dev.tandem.remote;

import dev.tandem.v1.Capability;
import dev.tandem.v1.GetModelRequest;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the other server tells of one model. Never waited for: asked in the background when it is
 * wanted and older than some seconds. For all threads.
 */
final class ModelFacts {
    private static final Logger LOG = System.getLogger(ModelFacts.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /**
     * What is known of a model.
     *
     * @param missing does that server have no such model?
     */
    record Known(
            Set<Capability> capabilities,
            OptionalInt contextLength,
            String owner,
            boolean missing) {}

    /** Until it is known what the model can do, that server says what it cannot. */
    private static final Known NOTHING =
            new Known(
                    Set.copyOf(
                            EnumSet.complementOf(
                                    EnumSet.of(
                                            Capability.CAPABILITY_UNSPECIFIED,
                                            Capability.UNRECOGNIZED))),
                    OptionalInt.empty(),
                    "tandem",
                    false);

    private final TandemConnection connection;
    private final String model;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Known known = NOTHING;
    private volatile long due = System.nanoTime();

    ModelFacts(TandemConnection connection, String model) {
        this.connection = connection;
        this.model = model;
    }

    /** What is known now. */
    Known now() {
        if (System.nanoTime() - due >= 0 && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("facts-of-" + model).start(this::ask);
        }
        return known;
    }

    private void ask() {
        Duration pause = ASK_AGAIN;
        try (Exchange<Model> asked =
                Exchange.begin(
                        connection.channel(),
                        ModelServiceGrpc.getGetModelMethod(),
                        GetModelRequest.newBuilder().setModel(model).build(),
                        CallOptions.DEFAULT,
                        connection.headers())) {
            Model answer = asked.next(PATIENCE);
            if (answer != null) {
                known = of(answer);
                pause = FRESH;
            }
        } catch (StatusException e) {
            failed(e.getStatus());
        } catch (TimeoutException | InterruptedException e) {
            LOG.log(Level.DEBUG, "{0} is not told by {1} in time", model, place());
        } finally {
            due = System.nanoTime() + pause.toNanos();
            asking.set(false);
        }
    }

    private void failed(Status status) {
        boolean missing = status.getCode() == Status.Code.NOT_FOUND;
        if (missing && !known.missing()) {
            LOG.log(Level.WARNING, "{0} has no model {1}", place(), model);
            known = new Known(known.capabilities(), known.contextLength(), known.owner(), true);
        } else {
            LOG.log(Level.DEBUG, "{0} is not told by {1}: {2}", model, place(), status.getCode());
        }
    }

    private String place() {
        return connection.settings().place();
    }

    private static Known of(Model model) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(model.getCapabilitiesList());
        capabilities.remove(Capability.CAPABILITY_UNSPECIFIED);
        capabilities.remove(Capability.UNRECOGNIZED);
        return new Known(
                Set.copyOf(capabilities),
                model.hasContextLength()
                        ? OptionalInt.of(model.getContextLength())
                        : OptionalInt.empty(),
                model.getOwnedBy(),
                false);
    }
}
