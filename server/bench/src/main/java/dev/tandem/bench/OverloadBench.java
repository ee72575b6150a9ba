package dev.tandem.bench;

import dev.tandem.bench.wire.Overload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gateway does under four times the load that it can carry. Arguments: places (8),
 * milliseconds a call (10), seconds a slice (4), rounds (5). System property: {@code bench.options}
 * of the server's virtual machine.
 */
public final class OverloadBench {
    private OverloadBench() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Integer> numbers = new ArrayList<>(List.of(8, 10, 4, 5));
        for (int i = 0; i < arguments.length; i++) {
            numbers.set(i, Integer.parseInt(arguments[i]));
        }
        new Overload(numbers.get(0), numbers.get(1), numbers.get(2))
                .run(numbers.get(3), WireBench.options());
    }
}
