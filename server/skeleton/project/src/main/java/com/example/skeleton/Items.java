package com.example.skeleton;

import com.example.skeleton.v1.Item;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Items in memory, gone with the process. For all threads. */
final class Items {
    private final NavigableMap<String, Item> byId = new ConcurrentSkipListMap<>();

    Optional<Item> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Keeps the item; false where another has its id. */
    boolean add(Item item) {
        return byId.putIfAbsent(item.getId(), item) == null;
    }

    /** In the order of their ids. */
    Stream<Item> startingWith(String prefix) {
        return byId.tailMap(prefix).values().stream()
                .takeWhile(item -> item.getId().startsWith(prefix));
    }
}
