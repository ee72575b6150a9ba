package dev.tandem.runtime.wire.websocket;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.MisshapenMessageException;
import dev.tandem.runtime.call.Source;
import org.jspecify.annotations.Nullable;

/**
 * The client's messages. What path and query say goes into the first, over what stands there.
 *
 * @param <Q> the request message
 */
final class SocketSource<Q extends Message> implements Source<Q> {
    private final Mailbox mailbox;
    private final SocketEndpoint endpoint;
    private @Nullable Message parameters; // null behind the first message

    /**
     * @param endpoint whose requests are of type Q
     */
    SocketSource(Mailbox mailbox, SocketEndpoint endpoint, Message parameters) {
        this.mailbox = mailbox;
        this.endpoint = endpoint;
        this.parameters = parameters;
    }

    @Override
    @SuppressWarnings("unchecked") // the endpoint reads the type of its method
    public @Nullable Q next() throws InterruptedException {
        Incoming.Data data = mailbox.take();
        if (data == null) {
            return null;
        }
        Message given = parameters;
        parameters = null;
        return (Q) (given == null ? endpoint.read(data) : first(data, given));
    }

    private Message first(Incoming.Data data, Message given) {
        try {
            return merged(endpoint.read(data), given);
        } catch (MisshapenMessageException e) {
            throw new MisshapenMessageException(
                    merged(e.partial(), given), e.violations(), e.count());
        }
    }

    private static Message merged(Message message, Message given) {
        return message.toBuilder().mergeFrom(given).build();
    }
}
