package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TypeRegistry;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Service;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods that can be called by their full names, with all policies around them. */
public final class MethodTable {
    private final Map<String, Rpc> methods = new HashMap<>();

    /**
     * @param services what is served
     * @param pipeline the policies around every method
     * @throws IllegalArgumentException where a service is there twice
     */
    public MethodTable(Collection<Service> services, Pipeline pipeline) {
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        for (Service service : services) {
            FileDescriptor file = service.descriptor().getFile();
            types.add(file.getMessageTypes());
        }
        JsonCodecs codecs = new JsonCodecs(Profile.CANONICAL, types.build());
        for (Service service : services) {
            for (Method<?, ?> method : service.methods()) {
                Rpc rpc = new Rpc(pipeline.wrap(method), codecs);
                if (methods.put("/" + method.fullName(), rpc) != null) {
                    throw new IllegalArgumentException(service.name() + " is served twice");
                }
            }
        }
    }

    /**
     * The method with this path, or null.
     *
     * @param path {@code /package.Service/Method}; a query is not looked at
     */
    public @Nullable Rpc find(String path) {
        return methods.get(pathOf(path));
    }

    /** A request's target without its query. */
    public static String pathOf(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
