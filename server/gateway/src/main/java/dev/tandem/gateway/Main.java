package dev.tandem.gateway;

import dev.tandem.gateway.cli.Screen;
import dev.tandem.gateway.cli.Tandem;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.service.UsageLog;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.policy.StreamLimits;

/** Where the program begins, and where its parts are named. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(
                Tandem.run(
                        args,
                        Screen.ofProcess(),
                        Main::open,
                        new LlamaLoader(),
                        new MiniLmLoader()));
    }

    private static Server open(Settings settings, Models models) {
        return new Gateway(gateway(settings), models, new UsageLog()).start();
    }

    private static GatewaySettings gateway(Settings settings) {
        return new GatewaySettings(
                settings.listen().host(),
                settings.listen().port(),
                settings.listen().allowedHosts(),
                settings.limits().maxRequestBytes(),
                settings.limits().heartbeat(),
                settings.limits().drain(),
                settings.times().drainDelay(),
                new StreamLimits(
                        settings.times().firstMessage(),
                        settings.times().messageGap(),
                        settings.times().call()),
                settings.tls(),
                settings.wire());
    }
}
