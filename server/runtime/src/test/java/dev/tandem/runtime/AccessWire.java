package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.test.v1.Note;
import io.grpc.MethodDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A way over HTTP to call a method that answers with notes. */
enum AccessWire {
    REST("application/json", false),
    CANONICAL("application/json", false),
    SSE("application/json", true),
    NDJSON("application/json", true),
    CONNECT_JSON("application/json", false),
    CONNECT_PROTO("application/proto", false),
    CONNECT_GET("", false),
    CONNECT_STREAM("application/connect+json", true),
    GRPC_WEB("application/grpc-web+proto", false),
    GRPC_WEB_TEXT("application/grpc-web-text+proto", false);

    /** What is called: a method and its binding. */
    record Target(MethodDescriptor<Note, Note> method, String verb, String path) {
        boolean streams() {
            return method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING;
        }

        String full() {
            return "/" + method.getFullMethodName();
        }
    }

    private static final byte[] NOTHING = {};
    private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Pattern TEXT = Pattern.compile("\"text\": ?\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("\"code\": ?\"([^\"]*)\"");
    private static final Pattern REASON = Pattern.compile("\"reason\": ?\"([^\"]*)\"");
    private static final Pattern GRPC_STATUS = Pattern.compile("grpc-status: (\\d+)\r\n");
    private static final Pattern DETAILS = Pattern.compile("grpc-status-details-bin: (\\S+)\r\n");

    private final String type;
    private final boolean stream;

    AccessWire(String type, boolean stream) {
        this.type = type;
        this.stream = stream;
    }

    boolean carries(Target target) {
        return switch (this) {
            case REST -> !target.streams();
            case CANONICAL, GRPC_WEB, GRPC_WEB_TEXT -> true;
            case CONNECT_GET -> target.method().isSafe() && !target.streams();
            default -> stream == target.streams();
        };
    }

    /** The name of the caller that was let in, or the reason of the refusal. */
    String ask(Version version, int port, Target target, String... shown) {
        RawAnswer answer = answer(version, port, target, shown);
        return switch (this) {
            case REST, CANONICAL, SSE, NDJSON -> rest(answer);
            case CONNECT_JSON, CONNECT_GET -> connect(answer);
            case CONNECT_PROTO ->
                    answer.status() == 200 ? note(answer.body().toByteArray()) : connect(answer);
            case CONNECT_STREAM -> connectStream(answer);
            case GRPC_WEB -> grpcWeb(answer, answer.body().toByteArray());
            case GRPC_WEB_TEXT -> grpcWeb(answer, unpacked(answer.text()));
        };
    }

    private RawAnswer answer(Version version, int port, Target target, String... shown) {
        return switch (this) {
            case REST, SSE -> send(version, port, target.verb(), target.path(), JSON, shown);
            case NDJSON ->
                    send(
                            version,
                            port,
                            target.verb(),
                            target.path(),
                            JSON,
                            with(shown, "accept", "application/x-ndjson"));
            case CANONICAL -> send(version, port, "POST", target.full(), JSON, shown);
            case CONNECT_GET ->
                    send(
                            version,
                            port,
                            "GET",
                            target.full() + "?connect=v1&encoding=json&message=%7B%7D",
                            NOTHING,
                            shown);
            case CONNECT_JSON, CONNECT_PROTO, CONNECT_STREAM ->
                    send(
                            version,
                            port,
                            "POST",
                            target.full(),
                            this == CONNECT_STREAM
                                    ? Raw.frame(0, JSON)
                                    : this == CONNECT_PROTO ? NOTHING : JSON,
                            with(shown, "connect-protocol-version", "1"));
            case GRPC_WEB, GRPC_WEB_TEXT -> {
                byte[] frame = Raw.frame(Note.getDefaultInstance());
                yield send(
                        version,
                        port,
                        "POST",
                        target.full(),
                        this == GRPC_WEB ? frame : Base64.getEncoder().encode(frame),
                        shown);
            }
        };
    }

    private RawAnswer send(
            Version version, int port, String verb, String path, byte[] body, String... shown) {
        return verb.equals("GET")
                ? RawAnswer.to(version, port, verb, path, NOTHING, shown)
                : RawAnswer.to(version, port, verb, path, body, with(shown, "content-type", type));
    }

    static String[] with(String[] headers, String... more) {
        String[] all = Arrays.copyOf(headers, headers.length + more.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }

    private String rest(RawAnswer answer) {
        if (answer.status() == 200) {
            String type =
                    switch (this) {
                        case SSE -> "text/event-stream";
                        case NDJSON -> "application/x-ndjson";
                        default -> "";
                    };
            assertThat(answer.header("content-type")).startsWith(type);
            return found(TEXT, answer.text());
        }
        String reason = found(CODE, answer.text());
        assertThat(answer.status()).as(reason).isEqualTo(AccessTwin.of(reason).http());
        return reason;
    }

    private static String connect(RawAnswer answer) {
        if (answer.status() == 200) {
            return found(TEXT, answer.text());
        }
        String reason = found(REASON, answer.text());
        assertThat(answer.status()).as(reason).isEqualTo(AccessTwin.of(reason).http());
        assertThat(found(CODE, answer.text())).isEqualTo(AccessTwin.of(reason).connect());
        return reason;
    }

    private static String connectStream(RawAnswer answer) {
        assertThat(answer.status()).isEqualTo(200);
        if (answer.text().contains("\"text\"")) {
            return found(TEXT, answer.text());
        }
        String reason = found(REASON, answer.text());
        assertThat(found(CODE, answer.text())).isEqualTo(AccessTwin.of(reason).connect());
        return reason;
    }

    private static String grpcWeb(RawAnswer answer, byte[] body) {
        assertThat(answer.status()).isEqualTo(200);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int status = Integer.parseInt(found(GRPC_STATUS, text));
        if (status == 0) {
            int length = body[4]; // the first frame is a short message
            return note(Arrays.copyOfRange(body, 5, 5 + length));
        }
        String reason = reason(found(DETAILS, text));
        assertThat(status).as(reason).isEqualTo(AccessTwin.of(reason).grpc().value());
        return reason;
    }

    private static String reason(String details) {
        try {
            ErrorInfo info =
                    Status.parseFrom(Base64.getDecoder().decode(details))
                            .getDetails(0)
                            .unpack(ErrorInfo.class);
            assertThat(info.getDomain()).isEqualTo("tandem");
            return info.getReason();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static String note(byte[] bytes) {
        try {
            return Note.parseFrom(bytes).getText();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Pieces of base64 stand one behind the other, each with its own end. */
    private static byte[] unpacked(String text) {
        byte[][] pieces =
                Arrays.stream(text.split("(?<=[^=]=)(?!=)|(?<===)", -1))
                        .map(piece -> Base64.getDecoder().decode(piece))
                        .toArray(byte[][]::new);
        return Raw.join(pieces);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
