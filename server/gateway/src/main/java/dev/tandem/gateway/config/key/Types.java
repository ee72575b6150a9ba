package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Node;
import dev.tandem.runtime.auth.Secret;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The types that keys have. */
public final class Types {
    private Types() {}

    /** A text that matches a pattern; for people, what it is: {@code a host name}. */
    public static Type<String> text(String allowed, String pattern) {
        return new Scalar<>(
                "text",
                allowed,
                (text, node) -> text.matches(pattern) ? Optional.of(text) : Optional.empty(),
                text -> text,
                strings("^(" + pattern + ")$"));
    }

    /** Any text but a blank one. */
    public static Type<String> text(String allowed) {
        return text(allowed, "(?s).*\\S.*");
    }

    /** A whole number, both ends included. */
    public static Type<Integer> integer(int least, int most) {
        return new Scalar<>(
                "whole number",
                least + " to " + most,
                (text, node) -> whole(text, least, most).map(Math::toIntExact),
                String::valueOf,
                numbers(least, most));
    }

    /** A whole number, both ends included, of at least 0. */
    public static Type<Long> count(long least, long most) {
        return new Scalar<>(
                "whole number",
                least + " to " + most,
                (text, node) -> whole(text, least, most),
                String::valueOf,
                numbers(least, most));
    }

    private static Optional<Long> whole(String text, long least, long most) {
        return text.matches("[0-9]{1,15}")
                ? Optional.of(Long.parseLong(text)).filter(n -> n >= least && n <= most)
                : Optional.empty();
    }

    /** 0 to 1. */
    public static Type<Double> share() {
        return new Scalar<>(
                "number",
                "0 to 1",
                (text, node) ->
                        text.matches("0|1|[01]?\\.[0-9]{1,9}")
                                ? Optional.of(Double.parseDouble(text)).filter(n -> n <= 1)
                                : Optional.empty(),
                share -> share == 1 ? "1" : share == 0 ? "0" : String.valueOf(share),
                Json.createObjectBuilder()
                        .add("type", "number")
                        .add("minimum", 0)
                        .add("maximum", 1)
                        .build());
    }

    /** Bytes, both ends included: {@code 4MiB}, {@code 500kB}, {@code 1048576}. */
    public static Type<Long> bytes(long least, long most) {
        return new Scalar<>(
                "size",
                Sizes.written(least) + " to " + Sizes.written(most),
                (text, node) -> Sizes.read(text).filter(n -> n >= least && n <= most),
                Sizes::written,
                either(numbers(least, most), strings("^[0-9]{1,13} ?([kKMG][iI]?B|bytes)?$")));
    }

    /** Whole seconds, both ends included, with or without an {@code s}. */
    public static Type<Duration> seconds(long least, long most) {
        return new Scalar<>(
                "time",
                least + "s to " + most + "s",
                (text, node) ->
                        whole(text.replaceFirst(" ?s$", ""), least, most).map(Duration::ofSeconds),
                time -> time.toSeconds() + "s",
                either(numbers(least, most), strings("^[0-9]{1,9} ?s?$")));
    }

    /** A time to the millisecond, both ends included: {@code 250ms}, {@code 5s}, {@code 5}. */
    public static Type<Duration> time(Duration least, Duration most) {
        return Times.type(least, most);
    }

    /** Yes or no. */
    public static Type<Boolean> onOff() {
        return new Scalar<>(
                "on or off",
                "on or off",
                (text, node) ->
                        switch (text) {
                            case "on", "true" -> Optional.of(true);
                            case "off", "false" -> Optional.of(false);
                            default -> Optional.empty();
                        },
                on -> on ? "on" : "off",
                either(
                        Json.createObjectBuilder().add("type", "boolean").build(),
                        values(List.of("on", "off", "true", "false"))));
    }

    /** One of an enum, in small letters. */
    public static <E extends Enum<E>> Type<E> oneOf(Class<E> values) {
        return oneOf(Arrays.asList(values.getEnumConstants()));
    }

    /** One of these of an enum, in small letters. */
    public static <E extends Enum<E>> Type<E> oneOf(List<E> all) {
        List<String> names = all.stream().map(Types::small).toList();
        int last = names.size() - 1;
        return new Scalar<>(
                "choice",
                String.join(", ", names.subList(0, last)) + " or " + names.get(last),
                (text, node) -> all.stream().filter(each -> small(each).equals(text)).findFirst(),
                Types::small,
                values(names));
    }

    private static String small(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A path; for people, of what: {@code a PEM file}. One that is not absolute is relative to the
     * folder of the file that it stands in, or else to the working directory.
     */
    public static Type<Path> path(String allowed) {
        return new Scalar<>(
                "path",
                allowed,
                Types::path,
                Path::toString,
                Json.createObjectBuilder().add("type", "string").build());
    }

    private static Optional<Path> path(String text, Node node) {
        try {
            return Optional.of(node.origin().folder().resolve(text).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty(); // the caller says that it is no path
        }
    }

    /** A text that is told to nobody; its name with {@code _file} takes a file that holds it. */
    public static Type<Secret> secret() {
        return new SecretText();
    }

    /** A list of values or records. */
    public static <T> Type<List<T>> list(Type<T> entry) {
        return new ListOf<>(entry);
    }

    /**
     * A map from names to values or records.
     *
     * @param names what the names are, for people: {@code names of models}
     * @param pattern what they must match
     */
    public static <T> Type<Map<String, T>> map(String names, String pattern, Type<T> entry) {
        return new MapOf<>(names, pattern, entry);
    }

    private static JsonObject numbers(long least, long most) {
        return Json.createObjectBuilder()
                .add("type", "integer")
                .add("minimum", least)
                .add("maximum", most)
                .build();
    }

    private static JsonObject strings(String pattern) {
        return Json.createObjectBuilder().add("type", "string").add("pattern", pattern).build();
    }

    private static JsonObject values(List<String> names) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        names.forEach(all::add);
        return Json.createObjectBuilder().add("enum", all).build();
    }

    private static JsonObject either(JsonObject one, JsonObject other) {
        return Json.createObjectBuilder()
                .add("anyOf", Json.createArrayBuilder().add(one).add(other))
                .build();
    }
}
