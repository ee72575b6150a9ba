package dev.tandem.testing.guide;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import people.v1.Person;

/** Where the service's people are: what a test replaces. */
interface Directory {
    @Nullable Person find(String name);

    /** May take its time. */
    Stream<Person> startingWith(String prefix);
}
