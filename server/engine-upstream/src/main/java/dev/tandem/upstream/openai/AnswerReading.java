package dev.tandem.upstream.openai;

import dev.tandem.transcoding.json.JsonException;
import dev.tandem.upstream.ask.Asking;
import dev.tandem.upstream.ask.ErrorBody;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.http.Exchange;
import dev.tandem.upstream.sse.EventReader;
import dev.tandem.upstream.sse.ServerEvent;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads an answer, in events or whole, and hands it on.
 *
 * @param relay takes the answer
 * @param asking whose answer it is
 */
record AnswerReading(Relay relay, Asking asking, Limits limits) implements Asking.Reading<Relay> {
    @Override
    public Relay from(Exchange exchange, Asking.Progress progress)
            throws IOException, JsonException {
        if (Asking.mediaType(exchange).equals("text/event-stream")) {
            events(exchange, progress);
        } else {
            relay.whole(asking.json(exchange));
            relay.end();
        }
        return relay;
    }

    private void events(Exchange exchange, Asking.Progress progress)
            throws IOException, JsonException {
        EventReader events = new EventReader(exchange.body(), limits.events(), "[DONE]");
        for (ServerEvent event = events.next(); event != null; event = events.next()) {
            progress.begin();
            take(event);
            exchange.within(limits.gap());
        }
        exchange.closeAtEnd();
        relay.end();
    }

    private void take(ServerEvent event) throws JsonException {
        if (event.name().equals("error")) {
            throw asking.errors().within(error(event));
        }
        try {
            relay.event(event.bytes(), event.offset(), event.length());
        } catch (JsonException e) {
            ErrorBody error = error(event);
            if (error.message().isEmpty()) {
                throw e;
            }
            throw asking.errors().within(error);
        }
    }

    private static ErrorBody error(ServerEvent event) {
        int end = event.offset() + event.length();
        return ErrorBody.read(Arrays.copyOfRange(event.bytes(), event.offset(), end));
    }
}
