package dev.tandem.runtime;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a server is, for those who ask {@code /health}, {@code /ready} and gRPC health. All functions
 * are asked often, by any thread, and must not block.
 *
 * @param ready can the server answer calls, while it does not drain?
 * @param services the same of single services, by their full names; those that are missing are as
 *     ready as the server
 * @param version of the program
 * @param parts what the server is made of, for those who may see
 * @param maySee who is told the details
 */
public record ServerStatus(
        BooleanSupplier ready,
        Map<String, BooleanSupplier> services,
        String version,
        Supplier<List<Part>> parts,
        Predicate<Call> maySee) {

    /**
     * Something that the server is made of.
     *
     * @param kind {@code model}
     * @param name of it
     * @param by what does its work: an engine
     * @param ready can it do that now?
     */
    public record Part(String kind, String name, String by, boolean ready) {}

    public ServerStatus {
        services = Map.copyOf(services);
    }

    /** Nobody sees details. */
    public static ServerStatus of(BooleanSupplier ready) {
        return new ServerStatus(ready, Map.of(), "unknown", List::of, call -> false);
    }

    /** With single services of their own readiness. */
    public ServerStatus withServices(Map<String, BooleanSupplier> own) {
        return new ServerStatus(ready, own, version, parts, maySee);
    }

    /** With details for those who may see them. */
    public ServerStatus withDetails(
            String program, Supplier<List<Part>> told, Predicate<Call> visible) {
        return new ServerStatus(ready, services, program, told, visible);
    }

    /** Each of these services with its readiness. */
    Map<String, BooleanSupplier> of(List<Service> served) {
        Map<String, BooleanSupplier> all = new HashMap<>();
        served.forEach(
                service -> all.put(service.name(), services.getOrDefault(service.name(), ready)));
        return all;
    }
}
