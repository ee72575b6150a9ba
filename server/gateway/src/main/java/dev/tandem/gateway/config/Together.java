package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.engine.EnginesSection;
import dev.tandem.gateway.engine.ModelsSection;
import dev.tandem.gateway.engine.RoutesCheck;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/** What settings of different sections must have in common. */
final class Together {
    private Together() {}

    /** Tells what is wrong between sections, of those that were read. */
    static void check(Map<Section<?>, Values> values) {
        Values server = values.get(ServerSection.SECTION);
        Values auth = values.get(AuthSection.SECTION);
        Values jwt = values.get(JwtSection.SECTION);
        if (server != null && auth != null && jwt != null) {
            strangers(server, auth, jwt);
        }
        Values engines = values.get(EnginesSection.SECTION);
        Values models = values.get(ModelsSection.SECTION);
        if (engines != null && models != null) {
            RoutesCheck.check(engines, models);
        }
    }

    /** Nobody is served by oversight. */
    private static void strangers(Values server, Values auth, Values jwt) {
        boolean asked =
                auth.told(AuthSection.API_KEYS)
                        || auth.told(AuthSection.KEYS_FILE)
                        || jwt.told(JwtSection.ISSUER);
        boolean anybody = auth.get(AuthSection.ALLOW_ANONYMOUS);
        if (anybody && asked) {
            auth.problem(
                    AuthSection.ALLOW_ANONYMOUS,
                    "it is on, and keys or tokens are set too; choose one.");
        }
        if (!anybody && !asked && !isLoopback(server.get(ServerSection.HOST))) {
            server.problem(
                    ServerSection.HOST,
                    server.quoted(ServerSection.HOST)
                            + " can be reached by others, and nobody is asked for a credential; set"
                            + " auth.keys_file (TANDEM_KEYS_FILE; `tandem keys create` makes one),"
                            + " auth.api_keys (TANDEM_API_KEYS) or jwt.issuer (TANDEM_JWT_ISSUER), or"
                            + " auth.allow_anonymous (TANDEM_ALLOW_ANONYMOUS) to on.");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true; // nobody can listen there; the start says so
        }
    }
}
