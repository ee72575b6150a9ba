package dev.tandem.transcoding.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {
    @Test
    void readsLiteralsWildcardsVariablesAndVerb() {
        PathTemplate template = PathTemplate.parse("/v1/{name=models/*}/x/*/{rest=**}:load");

        assertThat(template.shape()).isEqualTo("/v1/models/*/x/*/**:load");
        assertThat(template.verb()).isEqualTo("load");
        assertThat(template.variables())
                .containsExactly(
                        new Variable("name", 1, 3, false), new Variable("rest", 5, 6, true));
    }

    @Test
    void aVariableWithoutPatternIsOneSegment() {
        assertThat(PathTemplate.parse("/v1/{a.b}").variables())
                .containsExactly(new Variable("a.b", 1, 2, false));
    }

    @Test
    void namesOfVariablesAreNotPartOfTheShape() {
        assertThat(PathTemplate.parse("/v1/{a}").shape())
                .isEqualTo(PathTemplate.parse("/v1/{b=*}").shape());
    }

    @Test
    void literalsArePercentDecoded() {
        assertThat(PathTemplate.parse("/v1/a%20b").segments().getLast())
                .isEqualTo(new Segment.Literal("a b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    v1           | character 1: a path begins with "/"
                    ''           | character 1: a path begins with "/"
                    /            | character 2: a segment is
                    /v1/         | character 5: a segment is
                    /v1//x       | character 5: a segment is
                    /**/x        | character 5: "**" must be the last segment
                    /{a=**}/x    | character 9: "**" must be the last segment
                    /{a=**}/{b}  | character 9: "**" must be the last segment
                    /{a          | character 4: a variable ends with "}"
                    /{}          | character 3: a field name follows "{"
                    /{a={b}}     | character 5: a variable cannot hold another variable
                    /{a b}       | character 3: "a b" is not the path of a field
                    /{a}/{a}     | character 7: "a" is bound twice
                    /x:          | character 4: a verb follows ":"
                    /x:y/z       | character 5: the template ends here
                    /x%2         | character 2: "x%2" is not percent-encoded UTF-8
                    """)
    void saysWhereATemplateIsWrong(String template, String what) {
        assertThatThrownBy(() -> PathTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what);
    }
}
