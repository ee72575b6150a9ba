package dev.tandem.structured.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.Json.JsonArray;
import dev.tandem.structured.json.Json.JsonObject;
import dev.tandem.structured.json.Json.JsonString;
import dev.tandem.structured.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingJsonTest {
    private static final JsonReader READER = new JsonReader(100_000, 100);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | {}",
                "{`a | {}",
                "{`a`: | {}",
                "{`a`:tru | {}",
                "{`a`:true, | {`a`:true}",
                "{`a`:12 | {}",
                "{`a`:12} | {`a`:12}",
                "{`a`:`x | {`a`:`x`}",
                "{`a`:`x\\ | {`a`:`x`}",
                "{`a`:`x\\u00 | {`a`:`x`}",
                "{`a`:`x\\u00e9 | {`a`:`x\\u00e9`}",
                "{`a`:`x\\ud83d | {`a`:`x`}",
                "{`a`:`x\\ud83d\\ude0 | {`a`:`x`}",
                "{`a`:[{`b`:1},{`c`:[`d | {`a`:[{`b`:1},{`c`:[`d`]}]}",
                "[1,2 | [1]",
                "[[],[ | [[],[]]"
            })
    void whatIsOpenIsClosed(String text, String closed) {
        var growing = new GrowingJson();
        growing.take(text.replace('`', '"'));
        assertThat(growing.soFar()).isEqualTo(closed.replace('`', '"'));
    }

    @Test
    void everyPrefixIsABeginningOfTheWhole() {
        for (int seed = 0; seed < 300; seed++) {
            String text = new RandomJson(new Random(seed)).value(3);
            Json whole = READER.read(text);
            var growing = new GrowingJson();
            String before = "";
            for (int i = 0; i < text.length(); i++) {
                growing.take(text.substring(i, i + 1));
                String soFar = growing.soFar();
                if (!soFar.isEmpty()) {
                    assertThat(begins(READER.read(soFar), whole))
                            .as("%s of %s", soFar, text)
                            .isTrue();
                }
                assertThat(soFar.length())
                        .as("%s after %s", soFar, before)
                        .isGreaterThanOrEqualTo(contents(before));
                before = soFar;
            }
            if (growing.isComplete()) {
                assertThat(READER.read(growing.soFar())).isEqualTo(whole);
            }
            assertThat(growing.isComplete()).isEqualTo(!isWord(text));
        }
    }

    @Test
    void itemsComeOnceEachAndWhole() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var json = new RandomJson(random);
            List<Json> items = new ArrayList<>();
            var list = new StringBuilder("[");
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                String item = json.value(2);
                items.add(READER.read(item));
                list.append(i == 0 ? "" : ",")
                        .append(json.space())
                        .append(item)
                        .append(json.space());
            }
            list.append(']');
            assertThat(items(GrowingList.whole(), list.toString(), random)).isEqualTo(items);
            String object = "{\"x\":[1,{\"items\":[2]}], \"items\" :" + list + ",\"y\":[3]}";
            assertThat(items(GrowingList.property("items"), object, random)).isEqualTo(items);
        }
    }

    @Test
    void anItemComesWithItsLastCharacter() {
        GrowingList list = GrowingList.whole();
        assertThat(list.take("[{\"a\":[1]")).isEmpty();
        assertThat(list.take("}")).containsExactly("{\"a\":[1]}");
        assertThat(list.take(", 12")).isEmpty();
        assertThat(list.take(",\"x\"")).containsExactly("12", "\"x\"");
        assertThat(list.isComplete()).isFalse();
        assertThat(list.take("]")).isEmpty();
        assertThat(list.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Here: {}", "{a", "[1 2", "[1}", "{\"a\" 1", "{} {", "{,", "[,", "}"})
    void whatIsNoJsonIsTold(String text) {
        var growing = new GrowingJson();
        assertThatThrownBy(() -> growing.take(text)).isInstanceOf(NotJson.class);
    }

    private static List<Json> items(GrowingList list, String text, Random random) {
        List<Json> items = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(5));
            list.take(text.substring(at, end)).forEach(item -> items.add(READER.read(item)));
            at = end;
        }
        assertThat(list.isComplete()).isTrue();
        return items;
    }

    private static boolean isWord(String text) {
        return !text.startsWith("{") && !text.startsWith("[") && !text.startsWith("\"");
    }

    /** What of the length cannot be lost: closing takes quotes and brackets. */
    private static int contents(String soFar) {
        return soFar.replaceAll("[\"}\\]]+$", "").length();
    }

    private static boolean begins(Json part, Json whole) {
        if (part instanceof JsonString a && whole instanceof JsonString b) {
            return b.value().startsWith(a.value());
        }
        if (part instanceof JsonArray a && whole instanceof JsonArray b) {
            return allBegin(a.items(), b.items());
        }
        if (part instanceof JsonObject a && whole instanceof JsonObject b) {
            List<Map.Entry<String, Json>> parts = List.copyOf(a.members().entrySet());
            List<Map.Entry<String, Json>> all = List.copyOf(b.members().entrySet());
            return parts.stream()
                            .map(Map.Entry::getKey)
                            .toList()
                            .equals(
                                    all.stream()
                                            .limit(parts.size())
                                            .map(Map.Entry::getKey)
                                            .toList())
                    && allBegin(
                            parts.stream().map(Map.Entry::getValue).toList(),
                            all.stream().map(Map.Entry::getValue).toList());
        }
        return part.equals(whole);
    }

    private static boolean allBegin(List<Json> parts, List<Json> whole) {
        if (parts.size() > whole.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            boolean fits =
                    last ? begins(parts.get(i), whole.get(i)) : parts.get(i).equals(whole.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
