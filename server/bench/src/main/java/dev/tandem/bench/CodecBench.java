package dev.tandem.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.JsonStream;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Message ⇄ JSON, beside protobuf's own JsonFormat. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBench {
    private final ChatChunk chunk = Samples.chunk();
    private final ChatRequest request = Samples.request();
    private final JsonCodecs codecs = new JsonCodecs(Profile.CONTRACT);
    private final JsonCodec chunks = codecs.of(ChatChunk.getDefaultInstance());
    private final JsonCodec requests = codecs.of(ChatRequest.getDefaultInstance());
    private final JsonStream stream = chunks.stream();
    private final JsonBuffer out = new JsonBuffer();
    private final JsonFormat.Printer printer =
            JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .omittingInsignificantWhitespace()
                    .alwaysPrintFieldsWithNoPresence();
    private final JsonFormat.Parser parser = JsonFormat.parser();
    private final byte[] contractJson = contractJson();
    private final String protobufJson = protobufJson();

    private byte[] contractJson() {
        JsonBuffer buffer = new JsonBuffer();
        requests.write(request, buffer);
        return Arrays.copyOf(buffer.array(), buffer.length());
    }

    private String protobufJson() {
        try {
            return printer.print(request);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A chunk to bytes, by itself. */
    @Benchmark
    public int writeChunk() {
        out.reset();
        chunks.write(chunk, out);
        return out.length();
    }

    /** A chunk to bytes, as one of a stream. */
    @Benchmark
    public int writeChunkOfStream() {
        out.reset();
        stream.write(chunk, out);
        return out.length();
    }

    /** The baseline. */
    @Benchmark
    public byte[] writeChunkJsonFormat() throws InvalidProtocolBufferException {
        return printer.print(chunk).getBytes(StandardCharsets.UTF_8);
    }

    /** A request of ten messages from bytes. */
    @Benchmark
    public Object readRequest() throws JsonException {
        return requests.read(contractJson);
    }

    /** The baseline. */
    @Benchmark
    public Object readRequestJsonFormat() throws InvalidProtocolBufferException {
        ChatRequest.Builder builder = ChatRequest.newBuilder();
        parser.merge(protobufJson, builder);
        return builder.build();
    }
}
