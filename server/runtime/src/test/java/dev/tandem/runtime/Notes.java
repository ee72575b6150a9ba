package dev.tandem.runtime;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import dev.tandem.test.v1.GuardServiceGrpc;
import dev.tandem.test.v1.Note;
import dev.tandem.test.v1.OpenHouseServiceGrpc;

/** Answers each call with the name of its caller. */
final class Notes {
    private Notes() {}

    static Service guarded() {
        return Service.of(GuardServiceGrpc.getServiceDescriptor())
                .unary(GuardServiceGrpc.getReadMethod(), Notes::answer)
                .unary(GuardServiceGrpc.getWriteMethod(), Notes::answer)
                .stream(GuardServiceGrpc.getFollowMethod(), Notes::follow)
                .clientStream(GuardServiceGrpc.getCollectMethod(), Notes::collect)
                .unary(GuardServiceGrpc.getResetMethod(), Notes::answer)
                .build();
    }

    static Service open() {
        return Service.of(OpenHouseServiceGrpc.getServiceDescriptor())
                .unary(OpenHouseServiceGrpc.getVisitMethod(), Notes::answer)
                .build();
    }

    private static Note answer(Note request, Call call) {
        return Note.newBuilder().setText(Caller.of(call).name()).build();
    }

    private static void follow(Note request, Sink<Note> sink, Call call) {
        sink.send(answer(request, call));
    }

    private static Note collect(Source<Note> source, Call call) throws InterruptedException {
        while (source.next() != null) {
            call.check();
        }
        return answer(Note.getDefaultInstance(), call);
    }
}
