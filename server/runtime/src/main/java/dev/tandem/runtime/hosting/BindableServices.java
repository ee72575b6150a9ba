package dev.tandem.runtime.hosting;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Service;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Takes services that were written for grpc-java, as they are and with their interceptors, so that
 * they have every wire and policy of this runtime. One serves any number of services; what it
 * starts ends by itself.
 */
public final class BindableServices {
    private static final long IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor deadlines;

    /** A host without services yet. */
    public BindableServices() {
        deadlines =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("tandem-grpc-contexts").factory());
        deadlines.setRemoveOnCancelPolicy(true);
        deadlines.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        deadlines.allowCoreThreadTimeOut(true);
    }

    /**
     * Hosts a service.
     *
     * @throws IllegalArgumentException where it was not generated from a .proto file
     */
    public Service host(BindableService service) {
        return host(service.bindService());
    }

    /**
     * Hosts a service, mostly one with interceptors. Methods that it does not have are answered
     * with UNIMPLEMENTED.
     *
     * @throws IllegalArgumentException where it was not generated from a .proto file
     */
    public Service host(ServerServiceDefinition definition) {
        Service.Builder builder = Service.of(definition.getServiceDescriptor());
        for (MethodDescriptor<?, ?> method : definition.getServiceDescriptor().getMethods()) {
            ServerMethodDefinition<?, ?> hosted = definition.getMethod(method.getFullMethodName());
            if (hosted == null) {
                add(builder, method, unimplemented(method));
            } else {
                host(builder, hosted);
            }
        }
        return builder.build();
    }

    @SuppressWarnings("unchecked") // Service.of refused all but protobuf's services
    private static <Q extends Message, R extends Message> void add(
            Service.Builder builder, MethodDescriptor<?, ?> method, Handler<Q, R> handler) {
        builder.handler((MethodDescriptor<Q, R>) method, handler);
    }

    @SuppressWarnings("unchecked") // as above
    private <Q extends Message, R extends Message> void host(
            Service.Builder builder, ServerMethodDefinition<?, ?> hosted) {
        ServerMethodDefinition<Q, R> typed = (ServerMethodDefinition<Q, R>) hosted;
        add(builder, typed.getMethodDescriptor(), new HostedHandler<>(typed, deadlines));
    }

    private static Handler<Message, Message> unimplemented(MethodDescriptor<?, ?> method) {
        String text = "Method " + method.getFullMethodName() + " is unimplemented";
        return (source, sink, call) -> {
            throw HostedStatus.toError(Status.UNIMPLEMENTED.withDescription(text), null)
                    .toException();
        };
    }
}
