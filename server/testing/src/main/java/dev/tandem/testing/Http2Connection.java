package dev.tandem.testing;

import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2MultiplexHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** An HTTP/2 connection without TLS, by prior knowledge (RFC 9113, section 3.3). */
final class Http2Connection implements AutoCloseable {
    private final EventLoopGroup threads =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;
    private final int port;

    Http2Connection(int port) {
        this.port = port;
        channel =
                new Bootstrap()
                        .group(threads)
                        .channel(NioSocketChannel.class)
                        .handler(new Protocol())
                        .connect("127.0.0.1", port)
                        .syncUninterruptibly()
                        .channel();
    }

    HttpExchange send(HttpRequest request) throws IOException {
        return Http2Exchange.send(channel, port, request);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody asks any more how it went
    public void close() {
        channel.close().syncUninterruptibly();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static final class Protocol extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel connection) {
            connection
                    .pipeline()
                    .addLast(Http2FrameCodecBuilder.forClient().build())
                    .addLast(new Http2MultiplexHandler(new NoPush()));
        }
    }

    /** For streams that the server begins: it begins none. */
    @ChannelHandler.Sharable
    private static final class NoPush extends ChannelInboundHandlerAdapter {}
}
