package dev.tandem.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairLineTest {
    private final FairLine<String> line = new FairLine<>();

    private void add(String... all) {
        for (String one : all) {
            line.add(one.substring(0, 1), one);
        }
    }

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        for (String one = line.take(); one != null; one = line.take()) {
            rest.add(one);
        }
        return rest;
    }

    @Test
    void callersTakeTurnsAndEachOnesOwnStayInOrder() {
        add("a1", "a2", "a3", "b1", "c1", "c2");
        assertThat(rest()).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
    }

    @Test
    void whoWasServedWaitsForTheOthersTurns() {
        add("a1", "b1", "b2");
        assertThat(line.take()).isEqualTo("a1");
        add("a2");
        assertThat(rest()).containsExactly("b1", "a2", "b2");
    }

    @Test
    void whoLeavesMakesRoom() {
        add("a1", "a2", "b1");
        assertThat(line.remove("a", "a1")).isTrue();
        assertThat(line.remove("a", "a1")).isFalse();
        assertThat(line.size()).isEqualTo(2);
        assertThat(rest()).containsExactly("a2", "b1");
    }

    @Test
    void tellsHowManyAreServedBeforeANewOne() {
        add("a1", "a2", "a3", "b1");
        assertThat(line.before("a")).isEqualTo(4);
        assertThat(line.before("b")).isEqualTo(3);
        assertThat(line.before("c")).isEqualTo(2);
    }

    @Test
    void knowsTheLastOfTheCallerWithTheMost() {
        add("a1", "b1", "b2", "b3");
        assertThat(line.lastOfMost(1)).isEqualTo("b3");
        assertThat(line.lastOfMost(3)).isNull();
        assertThat(line.size()).isEqualTo(4);
    }
}
