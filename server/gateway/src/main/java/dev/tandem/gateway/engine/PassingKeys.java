package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.ask.Passing;
import dev.tandem.upstream.sse.EventLimits;
import java.util.List;
import java.util.Set;

/** The keys of all engines that ask another server over HTTP. */
final class PassingKeys {
    static final Key<String> PROVIDER =
            Key.of(
                    "provider",
                    Types.text("a short name", "[a-z0-9._-]{1,40}"),
                    "What metrics call it.");

    static final Key<List<String>> REQUEST =
            EngineKeys.names(
                    "request_fields",
                    "names of fields",
                    "Fields of requests that go through beyond the API. Others are refused.");
    static final Key<List<String>> MESSAGE =
            EngineKeys.names(
                    "message_fields",
                    "names of fields",
                    "Fields of messages that go through. Others are left out.");
    static final Key<List<String>> ANSWER =
            EngineKeys.names(
                    "answer_fields",
                    "names of fields",
                    "Fields of answers that go through. Others are left out.");

    private PassingKeys() {}

    /** What goes through; what is not told is as usual. */
    static Passing passing(Values in, Passing usual) {
        return new Passing(
                in.find(REQUEST).map(Set::copyOf).orElse(usual.request()),
                in.find(MESSAGE).map(Set::copyOf).orElse(usual.message()),
                in.find(ANSWER).map(Set::copyOf).orElse(usual.answer()),
                in.find(EngineKeys.IMAGE_HOSTS).map(Set::copyOf).orElse(usual.imageHosts()));
    }

    static Limits limits(Values in) {
        EngineKeys.Limits told = EngineKeys.limits(in);
        return new Limits(told.first(), told.gap(), told.size(), EventLimits.DEFAULT);
    }
}
