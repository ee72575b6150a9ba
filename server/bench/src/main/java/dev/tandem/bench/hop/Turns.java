package dev.tandem.bench.hop;

import dev.tandem.bench.hop.Gateways.Gateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Slices of all gateways, in turn: each round in the other direction. */
final class Turns {
    private final Map<Hop, List<Turn>> turns = new EnumMap<>(Hop.class);

    /** One slice. */
    @FunctionalInterface
    interface Measure {
        Turn of(Gateway gateway) throws IOException;
    }

    /** Measures so many rounds. */
    static Turns of(List<Gateway> gateways, int rounds, Measure measure) throws IOException {
        Turns turns = new Turns();
        List<Gateway> order = gateways;
        for (int round = 0; round < rounds; round++) {
            for (Gateway gateway : order) {
                turns.turns
                        .computeIfAbsent(gateway.hop(), _ -> new ArrayList<>())
                        .add(measure.of(gateway));
            }
            order = order.reversed();
        }
        return turns;
    }

    /** The slices of one, in the rounds' order. */
    private List<Turn> of(Hop hop) {
        return turns.getOrDefault(hop, List.of());
    }

    double median(Hop hop, ToDoubleFunction<Turn> of) {
        return median(of(hop).stream().mapToDouble(of).toArray());
    }

    double sum(Hop hop, ToDoubleFunction<Turn> of) {
        return of(hop).stream().mapToDouble(of).sum();
    }

    /** The median of what one has more than another in the same round; of all where none was. */
    double more(Hop hop, Hop than, ToDoubleFunction<Turn> of) {
        double[] more = of(hop).stream().mapToDouble(of).toArray();
        double[] base = of(than).stream().mapToDouble(of).toArray();
        for (int i = 0; i < more.length; i++) {
            more[i] -= base.length == 0 ? 0 : base[i];
        }
        return median(more);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values.length == 0 ? 0 : values[values.length / 2];
    }
}
