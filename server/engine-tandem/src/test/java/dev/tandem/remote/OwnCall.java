package dev.tandem.remote;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** A call of this server on the test's own thread. */
final class OwnCall implements AutoCloseable {
    private final Calls calls = new Calls(() -> "req_own");
    private final Call call =
            calls.open(
                    new Head(
                            Head.Wire.GRPC,
                            "POST",
                            "/",
                            null,
                            Map.of(),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                    null);

    interface Work {
        Object in(Call call) throws InterruptedException;
    }

    Call call() {
        return call;
    }

    /** What a call is refused with. */
    static ApiError refusal(Work work) {
        try (OwnCall own = new OwnCall()) {
            Object answer = work.in(own.call());
            throw new AssertionError("it was answered: " + answer);
        } catch (ApiException e) {
            return e.error();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        calls.close(call);
        calls.close();
    }
}
