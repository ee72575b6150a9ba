package dev.tandem.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the server listens.
 *
 * @param host an address or host name of this machine
 * @param port 0 to 65535; 0 takes a free one
 * @param allowedHosts names, besides those of the loopback, under which clients may reach it; `*`
 *     allows all
 */
public record Listen(String host, int port, List<String> allowedHosts) {
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    public Listen {
        allowedHosts = List.copyOf(allowedHosts);
    }

    static Listen read(Reader reader) {
        String host = reader.text(Key.TANDEM_HOST).orElse("127.0.0.1");
        if (!host.matches("[0-9A-Za-z.:\\[\\]%_-]+")) {
            reader.problem(Key.TANDEM_HOST, host, "is not an address");
        }
        int port = reader.integer(Key.TANDEM_PORT, 8080, 0, 65535);
        return new Listen(host, port, allowed(reader, host));
    }

    private static List<String> allowed(Reader reader, String host) {
        Set<String> names = new LinkedHashSet<>();
        if (!EVERY_ADDRESS.contains(host)) {
            names.add(host);
        }
        for (String name : reader.text(Key.TANDEM_ALLOWED_HOSTS).orElse("").split(",", -1)) {
            if (name.isBlank()) {
                continue;
            }
            if (!name.strip().matches("\\*|[0-9A-Za-z._-]+|\\[[0-9A-Fa-f:.]+]")) {
                reader.problem(
                        Key.TANDEM_ALLOWED_HOSTS, name.strip(), "is not a host name without port");
            }
            names.add(name.strip());
        }
        return new ArrayList<>(names);
    }
}
