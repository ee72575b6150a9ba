package com.example.people;

import com.example.people.v1.Person;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Who is known, by id, as long as the process lives. For all threads. */
final class Directory {
    private final ConcurrentNavigableMap<String, Person> people = new ConcurrentSkipListMap<>();

    /** The id that somebody of this name has: {@code ada-lovelace}. */
    static String id(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** Adds somebody; empty where the id is taken, or the name gives none. */
    Optional<Person> add(Person person) {
        Person added = person.toBuilder().setId(id(person.getName())).build();
        boolean isNew =
                !added.getId().isEmpty() && people.putIfAbsent(added.getId(), added) == null;
        return isNew ? Optional.of(added) : Optional.empty();
    }

    /** Somebody, with the portrait. */
    Optional<Person> find(String id) {
        return Optional.ofNullable(people.get(id));
    }

    /** Keeps a portrait; empty where nobody has the id. */
    Optional<Person> portray(String id, ByteString picture) {
        return Optional.ofNullable(
                people.computeIfPresent(
                        id, (_, person) -> person.toBuilder().setPortrait(picture).build()));
    }

    /** Forgets somebody; false where nobody has the id. */
    boolean remove(String id) {
        return people.remove(id) != null;
    }

    /** Everybody as of now, in the order of the ids. */
    List<Person> everybody() {
        return List.copyOf(people.values());
    }
}
