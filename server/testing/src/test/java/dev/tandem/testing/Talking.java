package dev.tandem.testing;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import rooms.v1.Fault;
import rooms.v1.Gathered;
import rooms.v1.Heard;
import rooms.v1.RoomsGrpc;
import rooms.v1.Said;

/** Says again what it hears, and does what it is told. */
final class Talking {
    private Talking() {}

    static Service service() {
        return Service.of(RoomsGrpc.getServiceDescriptor())
                .handler(RoomsGrpc.getTalkMethod(), Talking::talk)
                .clientStream(RoomsGrpc.getGatherMethod(), Talking::gather)
                .build();
    }

    private static void talk(Source<Said> source, Sink<Heard> sink, Call call)
            throws InterruptedException {
        for (Said each = source.next(); each != null; each = source.next()) {
            obey(each);
            Heard.Builder heard =
                    Heard.newBuilder().setRoom(each.getRoom()).setText(each.getText());
            if (each.getText().equals("fault")) {
                heard.setError(Fault.newBuilder().setMessage("Only said.").setCode("fault"));
            }
            sink.send(heard.build());
        }
    }

    private static Gathered gather(Source<Said> source, Call call) throws InterruptedException {
        Gathered.Builder all = Gathered.newBuilder();
        for (Said each = source.next(); each != null; each = source.next()) {
            obey(each);
            all.addTexts(each.getText());
        }
        List<String> team = call.head().headers().getOrDefault("x-team", List.of());
        return all.addAllTexts(team).build();
    }

    private static void obey(Said said) throws InterruptedException {
        switch (said.getDeed()) {
            case DEED_REFUSE ->
                    throw ApiError.ofParam(Code.NOT_FOUND, "room_not_found", "room", "No room.")
                            .toException();
            case DEED_LIMIT ->
                    throw ApiError.of(Code.RATE_LIMITED, "rate_limit_exceeded", "Too many.")
                            .retryAfter(Duration.ofSeconds(3))
                            .toException();
            case DEED_WAIT -> new CountDownLatch(1).await();
            case DEED_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }
}
