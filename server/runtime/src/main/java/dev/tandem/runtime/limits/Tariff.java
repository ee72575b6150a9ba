package dev.tandem.runtime.limits;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which limits a call falls under and what it takes of each: the application's part. */
@FunctionalInterface
public interface Tariff {
    /** Asked once for each method at start-up; null for a method that is not counted. */
    @Nullable Pricing of(Method<?, ?> method);

    /** The price of one method's calls. */
    @FunctionalInterface
    interface Pricing {
        /**
         * What a call takes at most, on the call's thread; empty where it is free. No limit twice.
         *
         * @param request valid, of the method's request type
         * @throws dev.tandem.runtime.call.ApiException where it is wrong in a way that only its
         *     price shows
         */
        List<Charge> charges(Message request, Call call) throws InterruptedException;
    }
}
