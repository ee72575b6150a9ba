package dev.tandem.gateway;

import dev.tandem.gateway.config.AuthSettings;

/**
 * What the gateway wants to know besides its models.
 *
 * @param listening where it listens
 * @param answering how it takes and answers calls
 * @param stopping how it stops
 * @param auth who may call
 * @param traffic how much it takes on
 * @param seen what one sees of it
 */
public record GatewaySettings(
        Listening listening,
        Answering answering,
        Stopping stopping,
        AuthSettings auth,
        GatewayTraffic traffic,
        Seen seen) {

    /** For this machine alone, on a free port; nobody is asked who calls. */
    public static GatewaySettings ofLoopback() {
        return new GatewaySettings(
                Listening.onLoopback(0),
                Answering.usual(),
                Stopping.usual(),
                AuthSettings.NONE,
                GatewayTraffic.usual(),
                Seen.defaults());
    }

    /** The same at another place. */
    public GatewaySettings with(Listening place) {
        return new GatewaySettings(place, answering, stopping, auth, traffic, seen);
    }

    /** The same with calls answered in another way. */
    public GatewaySettings with(Answering way) {
        return new GatewaySettings(listening, way, stopping, auth, traffic, seen);
    }

    /** The same with another end. */
    public GatewaySettings with(Stopping end) {
        return new GatewaySettings(listening, answering, end, auth, traffic, seen);
    }

    /** The same with others who may call. */
    public GatewaySettings with(AuthSettings callers) {
        return new GatewaySettings(listening, answering, stopping, callers, traffic, seen);
    }

    /** The same with other traffic. */
    public GatewaySettings with(GatewayTraffic load) {
        return new GatewaySettings(listening, answering, stopping, auth, load, seen);
    }

    /** With something else to be seen. */
    public GatewaySettings with(Seen told) {
        return new GatewaySettings(listening, answering, stopping, auth, traffic, told);
    }
}
