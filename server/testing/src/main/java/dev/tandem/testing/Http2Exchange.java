package dev.tandem.testing;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufUtil;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ResetFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One stream of an HTTP/2 connection. Windows grow only as bytes are read here, so a reader who
 * stops is felt by the server.
 */
final class Http2Exchange implements HttpExchange {
    private sealed interface Event {
        record Head(Http2Headers headers, boolean last) implements Event {}

        @SuppressWarnings("ArrayRecordComponent") // compared by nobody
        record Data(byte[] bytes, boolean last) implements Event {}

        record Gone(String why) implements Event {}
    }

    private final Channel stream;
    private final BlockingQueue<Event> events;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final InputStream body = new Body();
    private int status;
    private boolean ended;

    private Http2Exchange(Channel stream, BlockingQueue<Event> events) {
        this.stream = stream;
        this.events = events;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the stream: an event
    static Http2Exchange send(Channel connection, int port, HttpRequest request)
            throws IOException {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        Channel stream =
                new Http2StreamChannelBootstrap(connection)
                        .option(ChannelOption.AUTO_READ, false)
                        .handler(new Receiver(events))
                        .open()
                        .syncUninterruptibly()
                        .getNow();
        boolean noBody = request.body().length == 0;
        stream.write(new DefaultHttp2HeadersFrame(head(port, request), noBody));
        if (!noBody) {
            ByteBuf bytes = Unpooled.wrappedBuffer(request.body());
            stream.write(new DefaultHttp2DataFrame(bytes, true));
        }
        stream.flush();
        return new Http2Exchange(stream, events);
    }

    private static Http2Headers head(int port, HttpRequest request) {
        Map<String, String> own = new LinkedHashMap<>(request.headers());
        String host = own.remove("host");
        Http2Headers head =
                new DefaultHttp2Headers()
                        .method(request.verb())
                        .path(request.target())
                        .scheme("http")
                        .authority(host == null ? "127.0.0.1:" + port : host);
        own.forEach(head::set);
        return head;
    }

    @Override
    public int status() throws IOException {
        while (status == 0) {
            take();
        }
        return status;
    }

    @Override
    public Map<String, List<String>> headers() throws IOException {
        status();
        return headers;
    }

    @Override
    public InputStream body() throws IOException {
        status();
        return body;
    }

    private byte[] take() throws IOException {
        switch (event()) {
            case Event.Head(Http2Headers head, boolean last) -> {
                ended = last;
                head.forEach(field ->
                        headers.computeIfAbsent(field.getKey().toString(), n -> new ArrayList<>())
                                .add(field.getValue().toString()));
                if (head.status() != null) {
                    status = Integer.parseInt(head.status().toString());
                }
            }
            case Event.Data(byte[] bytes, boolean last) -> {
                ended = last;
                return bytes;
            }
            case Event.Gone(String why) -> throw new IOException(why);
        }
        return new byte[0];
    }

    private Event event() throws IOException {
        stream.read();
        try {
            Event event = events.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new IOException("nothing came for " + Patience.LIMIT);
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody asks any more how it went
    public void close() {
        stream.close().syncUninterruptibly(); // RST_STREAM(CANCEL) where it has not ended
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // speed is of no matter here
    private final class Body extends InputStream {
        private byte[] bytes = new byte[0];
        private int at;

        @Override
        public int read() throws IOException {
            while (at == bytes.length) {
                if (ended) {
                    return -1;
                }
                bytes = take();
                at = 0;
            }
            return bytes[at++] & 0xff;
        }
    }

    /** Runs on the connection's thread. */
    private static final class Receiver extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<Event> events;

        Receiver(BlockingQueue<Event> events) {
            this.events = events;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            switch (message) {
                case Http2HeadersFrame frame ->
                        events.add(new Event.Head(frame.headers(), frame.isEndStream()));
                case Http2DataFrame frame -> {
                    byte[] bytes = ByteBufUtil.getBytes(frame.content());
                    events.add(new Event.Data(bytes, frame.isEndStream()));
                }
                default -> {
                    // settings and the like do not concern a stream
                }
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                events.add(new Event.Gone("the server reset the stream: " + reset.errorCode()));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            events.add(new Event.Gone("the stream was closed"));
        }
    }
}
