package dev.tandem.runtime.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.runtime.tls.ClientAuth;
import dev.tandem.runtime.tls.TlsSettings;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The servers that the suite's runner asks for, all in this process: each connection to {@link
 * #port()} says what is wanted of one, hears where it is, and ends with it. So the runner starts no
 * process of ours but a few lines of shell.
 */
final class ServersUnderTest implements AutoCloseable {
    private final Schema schema;
    private final Path folder;
    private final ServerSocket door;
    private final CopyOnWriteArrayList<Throwable> failures = new CopyOnWriteArrayList<>();

    /**
     * @param folder for what the runner sends
     */
    ServersUnderTest(Schema schema, Path folder) throws IOException {
        this.schema = schema;
        this.folder = folder;
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
        int limit = Fields.number(wanted, "message_receive_limit");
        ServerBuilder builder =
                Server.builder()
                        .service(new ConformanceService(schema).service())
                        .maxRequestBytes(limit == 0 ? 4 << 20 : limit)
                        .errorDetails(false)
                        .timeLimits(StreamLimits.NONE)
                        .documentation(false)
                        .drainLimit(Duration.ZERO);
        ByteString certificate = ByteString.EMPTY;
        if (Fields.flag(wanted, "use_tls")) {
            Message credentials = Fields.message(wanted, "server_creds");
            certificate = Fields.bytes(credentials, "cert");
            builder.tls(tls(credentials, Fields.bytes(wanted, "client_tls_cert")));
        }
        try (Server server = builder.start()) {
            tell(server.port(), certificate, new DataOutputStream(socket.getOutputStream()));
            var _ = in.readAllBytes(); // the runner ends the program that holds the connection
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

    private TlsSettings tls(Message credentials, ByteString clients) throws IOException {
        TlsSettings plain =
                TlsSettings.of(
                        file(Fields.bytes(credentials, "cert")),
                        file(Fields.bytes(credentials, "key")));
        return clients.isEmpty() ? plain : plain.withClientCa(file(clients), ClientAuth.REQUIRED);
    }

    private Path file(ByteString pem) throws IOException {
        return Files.write(Files.createTempFile(folder, "sent", ".pem"), pem.toByteArray());
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
