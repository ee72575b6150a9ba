package dev.tandem.runtime.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.policy.StreamLimits;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.common.tls.TlsConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The servers that the suite's runner asks for, all in this process: each connection to {@link
 * #port()} says what is wanted of one, hears where it is, and ends with it. So the runner starts no
 * process of ours but a few lines of shell.
 */
final class ServersUnderTest implements AutoCloseable {
    private final Schema schema;
    private final ServerSocket door;
    private final CopyOnWriteArrayList<Throwable> failures = new CopyOnWriteArrayList<>();

    ServersUnderTest(Schema schema) throws IOException {
        this.schema = schema;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** What went wrong with them. */
    Iterable<Throwable> failures() {
        return failures;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = door.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                failures.add(e);
            }
        }
    }

    @SuppressWarnings("IllegalCatch") // told by the test
    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            Message wanted =
                    schema.message("ServerCompatRequest")
                            .mergeFrom(in.readNBytes(in.readInt()))
                            .build();
            serve(wanted, socket, in);
        } catch (Exception e) {
            failures.add(e);
        }
    }

    private void serve(Message wanted, Socket socket, DataInputStream in) throws Exception {
        WebServerConfig.Builder web =
                WebServer.builder().host("127.0.0.1").port(0).shutdownHook(false);
        ByteString certificate = ByteString.EMPTY;
        if (Fields.flag(wanted, "use_tls")) {
            Message credentials = Fields.message(wanted, "server_creds");
            certificate = Fields.bytes(credentials, "cert");
            web.tls(tls(credentials, Fields.bytes(wanted, "client_tls_cert")));
        }
        int limit = Fields.number(wanted, "message_receive_limit");
        try (var _ =
                Server.builder()
                        .service(new ConformanceService(schema).service())
                        .maxRequestBytes(limit == 0 ? 4 << 20 : limit)
                        .errorDetails(false)
                        .timeLimits(StreamLimits.NONE)
                        .documentation(false)
                        .installOn(web)) {
            WebServer server = web.build().start();
            tell(server.port(), certificate, new DataOutputStream(socket.getOutputStream()));
            var _ = in.readAllBytes(); // the runner ends the program that holds the connection
            server.stop();
        }
    }

    private void tell(int port, ByteString certificate, DataOutputStream out) throws IOException {
        DynamicMessage.Builder answer = schema.message("ServerCompatResponse");
        answer.setField(Fields.field(answer, "host"), "127.0.0.1");
        answer.setField(Fields.field(answer, "port"), port);
        answer.setField(Fields.field(answer, "pem_cert"), certificate);
        byte[] bytes = answer.build().toByteArray();
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    private static Tls tls(Message credentials, ByteString clients) {
        Keys keys =
                Keys.builder()
                        .pem(pem ->
                                pem.key(pem(Fields.bytes(credentials, "key")))
                                        .certChain(pem(Fields.bytes(credentials, "cert"))))
                        .build();
        TlsConfig.Builder tls =
                Tls.builder()
                        .privateKey(keys.privateKey().orElseThrow())
                        .privateKeyCertChain(keys.certChain());
        if (!clients.isEmpty()) {
            Keys trusted = Keys.builder().pem(pem -> pem.certificates(pem(clients))).build();
            tls.trust(trusted.certs()).clientAuth(TlsClientAuth.REQUIRED);
        }
        return tls.build();
    }

    private static Resource pem(ByteString text) {
        return Resource.create("what the runner sent", text.toByteArray());
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
