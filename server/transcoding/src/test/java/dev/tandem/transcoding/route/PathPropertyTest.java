package dev.tandem.transcoding.route;

import static dev.tandem.transcoding.route.Proto.http;
import static dev.tandem.transcoding.route.Proto.unary;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What a client expands as google/api/http.proto says is what the table matches. */
class PathPropertyTest {
    private static final String RESERVED = ":/?#[]@!$&'()*+,;=%-._~ \"<>\\^`{|}";

    private static final RouteTable TABLE =
            RouteTable.of(
                    Proto.service(
                                    unary("One", http("get: \"/one/{name}\"")),
                                    unary("Two", http("get: \"/two/{name}/x/{inner.name=*}\"")),
                                    unary("Many", http("get: \"/many/{name=**}\"")),
                                    unary(
                                            "Deep",
                                            http("get: \"/{inner.part.text=deep/*/books/**}\"")),
                                    unary("Verb", http("get: \"/verb/{name}:run\"")),
                                    unary("Star", http("get: \"/star/*/{name=a/*}:go\"")))
                            .getServices());

    @Property
    void oneSegment(@ForAll("texts") String name) {
        assertThat(match("/one/" + encoded(name, "-_.~"))).isEqualTo(List.of("One", name));
    }

    @Property
    void twoVariables(@ForAll("texts") String one, @ForAll("texts") String other) {
        String path = "/two/" + encoded(one, "-_.~") + "/x/" + encoded(other, "-_.~");

        assertThat(match(path)).isEqualTo(List.of("Two", one, other));
    }

    @Property
    void manySegments(@ForAll("texts") String name) {
        assertThat(match("/many/" + encoded(name, "-_.~/"))).isEqualTo(List.of("Many", name));
    }

    @Property
    void aPatternWithinAVariable(@ForAll("segments") String shelf, @ForAll("texts") String book) {
        String name = "deep/" + shelf + "/books/" + book;

        assertThat(match("/" + encoded(name, "-_.~/"))).isEqualTo(List.of("Deep", name));
    }

    @Property
    void aVariableBeforeAVerb(@ForAll("texts") String name) {
        assertThat(match("/verb/" + encoded(name, "-_.~") + ":run"))
                .isEqualTo(List.of("Verb", name));
    }

    @Property
    void aWildcardBindsNothing(@ForAll("segments") String any, @ForAll("segments") String name) {
        String path = "/star/" + encoded(any, "-_.~") + "/" + encoded("a/" + name, "-_.~/") + ":go";

        assertThat(match(path)).isEqualTo(List.of("Star", "a/" + name));
    }

    /** Whatever a path is, the table answers. */
    @Property
    void noPathBreaksTheTable(@ForAll("texts") String text) {
        assertThat(TABLE.match("GET", "/" + text)).isNotNull();
        assertThat(TABLE.match("GET", text)).isNotNull();
    }

    /** The method's name and the variables. */
    private static List<String> match(String path) {
        List<String> all = new ArrayList<>();
        if (TABLE.match("GET", path)
                instanceof RouteMatch.Found(Route route, List<String> values)) {
            all.add(route.first().getName());
            all.addAll(values);
        }
        return all;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.strings().withChars(RESERVED)),
                        Tuple.of(2, Arbitraries.strings().alpha().numeric()),
                        Tuple.of(1, Arbitraries.strings().withChars("äß中☃é")))
                .map(text -> text.isEmpty() ? "x" : text)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> String.join("", parts));
    }

    /** Without slashes, which would be borders. */
    @Provide
    Arbitrary<String> segments() {
        return texts().map(text -> text.replace("/", "|"));
    }

    private static String encoded(String text, String kept) {
        StringBuilder out = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return out.toString();
    }
}
