package dev.tandem.transcoding.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Message;
import dev.tandem.test.v1.Exclusive;
import dev.tandem.test.v1.Ruled;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that the schema takes is one that codec and rules take, and the other way round. */
class RuleSchemasTest {
    private static final Validator RULES = ValidatorFactory.newBuilder().build();
    private static final Map<String, String> GOOD =
            Map.of(
                    "'name'", "'ada'",
                    "'count'", "2",
                    "'tags'", "['x']",
                    "'inner'", "{'word': 'w', 'left': ''}");

    private static final Schemas RULED =
            Schemas.of(Ruled.getDefaultInstance(), Profile.CONTRACT, Direction.READ);
    private static final Schemas EXCLUSIVE =
            Schemas.of(Exclusive.getDefaultInstance(), Profile.CONTRACT, Direction.READ);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'name': 'ada'",
                "'name': 'a'",
                "'name': 'adadad'",
                "'name': 'Ada'",
                "'name': null",
                "'name': 3",
                "'mail': null",
                "'path': '/a.bz'",
                "'path': '/a-bz'",
                "'path': '/a.//z'",
                "'path': '/a.b'",
                "'kind': 'x'",
                "'kind': 'z'",
                "'free': 'x'",
                "'free': 'z'",
                "'count': 0",
                "'count': 10",
                "'count': -2",
                "'count': 4",
                "'count': 2.0",
                "'count': 2.5",
                "'count': '2'",
                "'share': 0",
                "'share': 0.5",
                "'share': 1",
                "'share': 1.5",
                "'share': 'NaN'",
                "'far': 4",
                "'far': 7",
                "'far': 11",
                "'half': 'Infinity'",
                "'half': '-Infinity'",
                "'half': 'NaN'",
                "'tags': []",
                "'tags': ['']",
                "'tags': ['x', 'y']",
                "'tags': ['x', 'x']",
                "'tags': ['x', 'y', 'z']",
                "'tags': ['x', null]",
                "'tags': 'x'",
                "'sizes': {'a': 1}",
                "'sizes': {'a': 0}",
                "'sizes': {'aaa': 1}",
                "'sizes': {'a': 1, 'b': 1, 'c': 1}",
                "'sizes': {'a': null}",
                "'key': 'AAAA'",
                "'key': 'AA'",
                "'key': '-_-_'",
                "'key': '****'",
                "'key': 'AAAAAAAAAAAA'",
                "'mood': 'good'",
                "'mood': 'unspecified'",
                "'mood': 1",
                "'sure': true",
                "'sure': false",
                "'wide': 0",
                "'wide': 18446744073709551615",
                "'wide': 18446744073709551616",
                "'spare': ''",
                "'spare': 'ab'",
                "'spare': 'abc'",
                "'inner': null",
                "'inner': {}",
                "'inner': {'word': 'w'}",
                "'inner': {'word': '', 'left': ''}",
                "'inner': {'word': 'w', 'right': 1}",
                "'inner': {'word': 'w', 'left': '', 'right': 1}",
                "'inner': {'word': 'w', 'left': null, 'right': 1}",
                "'unknown': 1"
            })
    void schemaAndServerJudgeAlike(String field) {
        check(RULED, Ruled.getDefaultInstance(), object(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'a': 'x'}",
                "{'a': 'x', 'b': 'x'}",
                "{'a': 'x', 'b': null}",
                "{'a': 'x', 'c': ''}",
                "{'a': 'x', 'c': '', 'd': ''}",
                "{'a': 'x', 'c': '', 'd': null}",
                "{'a': 'x', 'c': '', 'e': ''}",
                "{'a': 'x', 'd': '', 'e': '', 'f': ''}"
            })
    void fieldsExcludeEachOther(String json) {
        check(EXCLUSIVE, Exclusive.getDefaultInstance(), json.replace('\'', '"'));
    }

    @Test
    void whatNoSchemaCanSayStandsInTheDescription() {
        Schemas root = Schemas.of(Ruled.getDefaultInstance(), Profile.CONTRACT, Direction.READ);
        JsonObject ruled = root.component("Ruled");

        assertThat(ruled.getString("description"))
                .startsWith("A message with rules.")
                .contains("The count must be even.");
        assertThat(property(ruled, "key")).contains("3 to 6 bytes.");
        assertThat(property(ruled, "mood")).contains("- `good`: As today.");
        assertThat(property(ruled, "name")).isEqualTo("Its name.");
    }

    private static String property(JsonObject schema, String name) {
        return schema.getJsonObject("properties").getJsonObject(name).getString("description");
    }

    /** A good message with another value for one field. */
    private static String object(String field) {
        String name = field.substring(0, field.indexOf(':'));
        StringBuilder json = new StringBuilder("{").append(field);
        GOOD.forEach((other, value) -> {
            if (!other.equals(name)) {
                json.append(", ").append(other).append(": ").append(value);
            }
        });
        return json.append('}').toString().replace('\'', '"');
    }

    private static void check(Schemas schema, Message type, String json) {
        assertThat(schema.errors(json).isEmpty())
                .as("%s: %s", json, schema.errors(json))
                .isEqualTo(isTaken(type, json));
    }

    private static boolean isTaken(Message type, String json) {
        try {
            Message message =
                    new JsonCodecs(Profile.CONTRACT)
                            .of(type)
                            .read(json.getBytes(StandardCharsets.UTF_8));
            return RULES.validate(message).isSuccess();
        } catch (JsonException e) {
            return false;
        } catch (ValidationException e) {
            throw new AssertionError(e);
        }
    }
}
