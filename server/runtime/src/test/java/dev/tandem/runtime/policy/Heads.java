package dev.tandem.runtime.policy;

import dev.tandem.runtime.call.Head;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Heads of calls for tests. */
final class Heads {
    private Heads() {}

    /**
     * A GET.
     *
     * @param headers names and values
     */
    static Head get(String path, String... headers) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], List.of(headers[i + 1]));
        }
        return new Head(
                Head.Wire.REST, "GET", path, null, map, InetSocketAddress.createUnresolved("t", 1));
    }
}
