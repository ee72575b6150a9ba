package dev.tandem.bench;

import dev.tandem.bench.hop.Comparison;
import dev.tandem.bench.hop.Comparison.Part;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a gateway adds to a direct call to a fast upstream: this one beside Envoy and FastAPI, which
 * are installed below {@code target} with pip. Prints tables in Markdown; a wrong or missing answer
 * ends the run. Arguments: unary, streams, slow, steady, many (all). System properties: {@code
 * bench.rounds} (5), {@code bench.seconds} of a slice (1.5), {@code bench.warm} seconds before the
 * first slice of what Java compiles (25), {@code bench.only} names of gateways (all:
 * DIRECT,ENVOY,TANDEM,TANDEM_GRPC,FASTAPI), {@code bench.options} of Tandem's virtual machine
 * (those of the distribution).
 */
public final class GatewayBench {
    private GatewayBench() {}

    /** Takes the names of the loads. */
    public static void main(String[] arguments) throws IOException {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String argument : arguments) {
            parts.add(Part.valueOf(argument.toUpperCase(Locale.ROOT)));
        }
        String only = System.getProperty("bench.only", "");
        new Comparison(
                        Integer.getInteger("bench.rounds", 5),
                        Double.parseDouble(System.getProperty("bench.seconds", "1.5")),
                        only.isEmpty() ? List.of() : Arrays.asList(only.split(",")))
                .run(parts.isEmpty() ? EnumSet.allOf(Part.class) : parts, WireBench.options());
    }
}
