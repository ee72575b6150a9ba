package dev.tandem.upstream.anthropic;

import dev.tandem.upstream.ask.Asking;
import dev.tandem.upstream.ask.ErrorBody;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.ask.Told;
import dev.tandem.upstream.http.Exchange;
import dev.tandem.upstream.sse.EventReader;
import dev.tandem.upstream.sse.ServerEvent;
import java.io.IOException;
import java.util.Arrays;

/** Reads an answer in events to {@code message_stop}, and hands them on. */
record EventReading(AnswerRelay relay, Asking asking, Limits limits)
        implements Asking.Reading<AnswerRelay> {
    /** No event of this API; some servers of it close with the OpenAI API's. */
    private static final String FOREIGN_END = "[DONE]";

    @Override
    public AnswerRelay from(Exchange exchange, Asking.Progress progress) throws IOException {
        if (!Asking.mediaType(exchange).equals("text/event-stream")) {
            throw asking.errors().broken("its answer is no event stream by its content-type");
        }
        EventReader events = new EventReader(exchange.body(), limits.events(), FOREIGN_END);
        for (ServerEvent event = events.next(); event != null; event = events.next()) {
            progress.begin();
            if (take(event)) {
                exchange.closeAtEnd();
                return relay;
            }
            exchange.within(limits.gap());
        }
        throw asking.errors().broken("its answer ended without message_stop");
    }

    private boolean take(ServerEvent event) {
        Told told = Told.read(event.bytes(), event.offset(), event.length());
        if (told == null) {
            throw asking.errors().broken("what it sent is no answer of this API");
        }
        if (told.text("type").equals("error") || event.name().equals("error")) {
            int end = event.offset() + event.length();
            throw asking.errors()
                    .within(ErrorBody.read(Arrays.copyOfRange(event.bytes(), event.offset(), end)));
        }
        return relay.take(told);
    }
}
