package dev.tandem.gateway;

import dev.tandem.testing.Wire;
import dev.tandem.testtools.Ports;
import dev.tandem.testtools.Proxy;
import java.util.Map;

/** Behind nginx. */
class NginxTest extends ProxyContract {
    @Override
    int proxyPort(Wire wire, int serverPort) throws Exception {
        int grpc = Ports.free();
        int http = Ports.free();
        closing(
                Proxy.nginx(
                        folder,
                        Map.of(
                                "127.0.0.1:8080", "127.0.0.1:" + serverPort,
                                "listen 8081", "listen 127.0.0.1:" + grpc,
                                "listen 8082", "listen 127.0.0.1:" + http,
                                "60s", PROXY_TIMEOUT + "s"),
                        grpc,
                        http));
        return wire == Wire.GRPC ? grpc : http;
    }
}
