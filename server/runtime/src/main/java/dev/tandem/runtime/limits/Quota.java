package dev.tandem.runtime.limits;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Peeked;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Sink;
import java.util.List;

/**
 * Reserves what a call takes before its handler runs, and settles it with what it really took when
 * the handler has returned, in whatever way: the answer of a whole call leaves after that. The
 * answer's headers tell how the limits stand.
 *
 * <p>A call that ends with UNAVAILABLE before it took anything is not counted at all: the server
 * had no room for it.
 */
public final class Quota implements Policy {
    private final Tariff tariff;
    private final LimitStore store;

    /**
     * @param store stays the caller's of this, who closes it
     */
    public Quota(Tariff tariff, LimitStore store) {
        this.tariff = tariff;
        this.store = store;
    }

    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        Tariff.Pricing pricing = tariff.of(method);
        return pricing == null
                ? next
                : (source, sink, call) -> counted(pricing, next, Peeked.of(source), sink, call);
    }

    private <Q extends Message, R> void counted(
            Tariff.Pricing pricing, Handler<Q, R> next, Peeked<Q> source, Sink<R> sink, Call call)
            throws Exception {
        Q first = source.first();
        List<Charge> charges = first == null ? List.of() : pricing.charges(first, call);
        if (charges.isEmpty()) {
            next.handle(source, sink, call);
            return;
        }
        Hold hold = reserve(charges, call);
        Spending spending = Spending.begin(call);
        boolean turnedAway = false;
        try {
            next.handle(source, sink, call);
        } catch (ApiException e) {
            turnedAway = e.error().code() == Code.UNAVAILABLE;
            throw e;
        } finally {
            hold.store().settle(hold, taken(charges, spending, turnedAway && !spending.told()));
        }
    }

    private Hold reserve(List<Charge> charges, Call call) {
        for (Charge charge : charges) {
            if (charge.amount() > charge.limit().most()) {
                throw LimitErrors.never(charge, call).toException();
            }
        }
        Reservation made;
        try {
            made = store.reserve(charges);
        } catch (StoreAway e) {
            throw LimitErrors.away().toException();
        }
        LimitHeaders.tell(charges, made.levels(), call.answer());
        Hold hold = made.hold();
        if (hold == null) {
            throw LimitErrors.refused(charges, made.levels()).toException();
        }
        return hold;
    }

    private static long[] taken(List<Charge> charges, Spending spending, boolean nothing) {
        long[] taken = new long[charges.size()];
        if (!nothing) {
            for (int i = 0; i < taken.length; i++) {
                Limit limit = charges.get(i).limit();
                taken[i] =
                        limit.amount().equals(Limit.REQUESTS)
                                ? charges.get(i).amount()
                                : spending.of(limit.amount());
            }
        }
        return taken;
    }
}
