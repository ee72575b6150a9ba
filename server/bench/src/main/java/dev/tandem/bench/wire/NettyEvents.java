package dev.tandem.bench.wire;

import dev.tandem.bench.v1.StreamRequest;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.JsonStream;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.v1.ChatChunk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;

/** The streams of one connection, one after the other; on its event loop. */
final class NettyEvents extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final byte[] BEGIN = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final JsonCodecs CODECS = new JsonCodecs(Profile.CONTRACT);
    private static final JsonCodec REQUESTS = CODECS.of(StreamRequest.getDefaultInstance());
    private static final JsonCodec CHUNKS = CODECS.of(ChatChunk.getDefaultInstance());

    private final Metronome metronome;
    private final JsonBuffer json = new JsonBuffer();
    private JsonStream writer = CHUNKS.stream();
    private Tokens tokens = new Tokens();
    private int left;
    private boolean paced;

    NettyEvents(Metronome metronome) {
        this.metronome = metronome;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest http)
            throws JsonException {
        StreamRequest request = (StreamRequest) REQUESTS.read(ByteBufUtil.getBytes(http.content()));
        writer = CHUNKS.stream();
        tokens = new Tokens();
        left = request.getTokens();
        paced = request.getEveryMs() > 0;
        context.write(head());
        if (paced) {
            context.flush();
            metronome.start(
                    request.getEveryMs(),
                    left,
                    due -> {
                        context.executor().execute(() -> token(context, due));
                        return context.channel().isActive();
                    });
        } else {
            writeWhileWritable(context);
        }
    }

    private static HttpResponse head() {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        return head;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (left > 0 && !paced && context.channel().isWritable()) {
            context.executor().execute(() -> writeWhileWritable(context)); // not within a write
        }
    }

    private void writeWhileWritable(ChannelHandlerContext context) {
        while (left > 0 && context.channel().isWritable()) {
            write(context, 0);
        }
        context.flush();
    }

    private void token(ChannelHandlerContext context, long due) {
        write(context, due);
        context.flush();
    }

    private void write(ChannelHandlerContext context, long due) {
        json.reset().raw(BEGIN);
        writer.write(tokens.next(due), json);
        json.raw(END);
        if (--left == 0) {
            json.raw(DONE);
        }
        ByteBuf event = context.alloc().buffer(json.length());
        event.writeBytes(json.array(), 0, json.length());
        context.write(new DefaultHttpContent(event), context.voidPromise());
        if (left == 0) {
            context.write(LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // the client misses what was not sent, and says so
        System.getLogger("bench").log(System.Logger.Level.ERROR, "a call failed", cause);
        context.close();
    }
}
