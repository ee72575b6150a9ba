package dev.tandem.upstream.ollama;

import dev.tandem.upstream.ask.Asking;
import dev.tandem.upstream.ask.ErrorBody;
import dev.tandem.upstream.ask.Told;
import dev.tandem.upstream.http.Exchange;
import dev.tandem.upstream.sse.LineReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Reads an answer of JSON lines to the last, of bounded length each.
 *
 * @param taker gets each line, and says whether it was the last
 * @param gap the longest time between two lines
 * @param longest the most bytes of a line
 */
record LineReading(Predicate<Told> taker, Asking asking, Duration gap, int longest)
        implements Asking.Reading<Boolean> {
    @Override
    public Boolean from(Exchange exchange, Asking.Progress progress) throws IOException {
        if (!Asking.mediaType(exchange).equals("application/x-ndjson")) {
            throw asking.errors().broken("its answer is no JSON lines by its content-type");
        }
        LineReader lines = new LineReader(exchange.body(), longest);
        while (lines.next()) {
            if (lines.start() == lines.end()) {
                continue;
            }
            progress.begin();
            if (taker.test(told(lines))) {
                exchange.closeAtEnd();
                return true;
            }
            exchange.within(gap);
        }
        throw asking.errors().broken("its answer ended before its last line");
    }

    private Told told(LineReader lines) {
        Told told = Told.read(lines.buffer(), lines.start(), lines.end() - lines.start());
        if (told == null) {
            throw asking.errors().broken("what it sent is no answer of this API");
        }
        if (told.has("error")) {
            throw asking.errors()
                    .within(
                            ErrorBody.read(
                                    Arrays.copyOfRange(
                                            lines.buffer(), lines.start(), lines.end())));
        }
        return told;
    }
}
