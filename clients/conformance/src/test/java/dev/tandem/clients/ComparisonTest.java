package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComparisonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a": 1}            | {"a": 1}
                    {"a": 1, "b": 2}    | {"b": 2, "a": 1}
                    {"a": 0.1}          | {"a": 0.10000000149011612}
                    {"a": [1, 2]}       | {"a": [1.0, 2]}
                    {"a": "*"}          | {"a": "x"}
                    {"a": "*"}          | {"a": {}}
                    {"a": "**"}         | {"a": ""}
                    {"a": "**"}         | {}
                    {"a": "="}          | {"a": "x"}
                    """)
    void whatIsExpectedIsRight(String expected, String actual) {
        assertThat(comparison(expected).problems("java", result(actual))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a": 1}            | {"a": 2}
                    {"a": 1}            | {"a": "1"}
                    {"a": 1}            | {}
                    {}                  | {"a": 1}
                    {"a": [1, 2]}       | {"a": [2, 1]}
                    {"a": [1]}          | {"a": [1, 2]}
                    {"a": [1, 2]}       | {"a": [1]}
                    {"a": "x"}          | {"a": "X"}
                    {"a": true}         | {"a": false}
                    {"a": {}}           | {"a": []}
                    {"a": null}         | {"a": 0}
                    {"a": null}         | {}
                    {"a": "*"}          | {}
                    {"a": "*"}          | {"a": null}
                    {"a": "*"}          | {"a": ""}
                    {"a": "="}          | {}
                    {"a": {"b": ["x"]}} | {"a": {"b": ["y"]}}
                    """)
    void whatIsNotExpectedIsNot(String expected, String actual) {
        assertThat(comparison(expected).problems("java", result(actual))).isNotEmpty();
    }

    @Test
    void whatMustBeTheSameInAllRowsIsComparedWithTheFirst() {
        Comparison comparison = comparison("{\"text\": \"=\"}");

        assertThat(comparison.problems("java over grpc", result("{\"text\": [\"a\"]}"))).isEmpty();
        assertThat(comparison.problems("java over sse", result("{\"text\": [\"a\"]}"))).isEmpty();
        assertThat(comparison.problems("go over grpc", result("{\"text\": [\"b\"]}")))
                .containsExactly(
                        "/messages/0/text/0: expected \"a\", was \"b\"",
                        "… differs from java over grpc");
    }

    @Test
    void aMarkInWhatWasFoundIsAText() {
        Comparison comparison = comparison("{\"text\": \"=\"}");

        assertThat(comparison.problems("java", result("{\"text\": \"*\"}"))).isEmpty();
        assertThat(comparison.problems("go", result("{\"text\": \"b\"}"))).isNotEmpty();
    }

    @Test
    void whatMayDifferMay() {
        Comparison comparison = comparison("{\"id\": \"*\"}");

        assertThat(comparison.problems("java", result("{\"id\": \"1\"}"))).isEmpty();
        assertThat(comparison.problems("go", result("{\"id\": \"2\"}"))).isEmpty();
    }

    @Test
    void moreOrFewerMessagesAreWrong() {
        Comparison comparison = comparison("{}");

        assertThat(comparison.problems("java", parsed("{\"messages\": [], \"error\": null}")))
                .containsExactly("/messages: expected 1 elements, were 0: []");
        assertThat(comparison.problems("java", parsed("{\"messages\": [{}, {}], \"error\": null}")))
                .hasSize(1);
    }

    @Test
    void anErrorWhereNoneIsExpectedIsWrong() {
        assertThat(
                        comparison("{}")
                                .problems(
                                        "java",
                                        parsed(
                                                "{\"messages\": [{}], \"error\": {\"code\": \"NOT_FOUND\"}}")))
                .hasSize(1);
    }

    @Test
    void aGoodEndWhereAnErrorIsExpectedIsWrong() {
        Case each =
                new Case(
                        "x",
                        parsed(
                                """
                                {"name": "n", "method": "m", "request": {},
                                 "expect": {"error": {"code": "NOT_FOUND", "reason": "r", "message": "m"}}}
                                """));
        String right =
                """
                {"messages": [], "error": {"code": "NOT_FOUND", "reason": "r", "message": "m", "param": "", "violations": [],
                 "retry_after_ms": null, "request_id": "req_1"}}
                """;

        assertThat(problems(each, right)).isZero();
        assertThat(problems(each, "{\"messages\": [], \"error\": null}")).isPositive();
        assertThat(problems(each, right.replace("NOT_FOUND", "INTERNAL"))).isPositive();
        assertThat(problems(each, right.replace("\"r\"", "\"s\""))).isPositive();
        assertThat(problems(each, right.replace("null", "1000"))).isPositive();
        assertThat(problems(each, right.replace("\"param\": \"\"", "\"param\": \"p\"")))
                .isPositive();
        assertThat(problems(each, right.replace("\"violations\": []", "\"violations\": [{}]")))
                .isPositive();
    }

    private static int problems(Case each, String result) {
        return new Comparison(each.expected()).problems("java", parsed(result)).size();
    }

    /** Expects one message. */
    private static Comparison comparison(String message) {
        return new Comparison(result(message));
    }

    private static JsonObject result(String message) {
        return parsed("{\"messages\": [" + message + "], \"error\": null}");
    }

    private static JsonObject parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
