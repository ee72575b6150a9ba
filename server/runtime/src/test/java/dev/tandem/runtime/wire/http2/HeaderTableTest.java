package dev.tandem.runtime.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.runtime.wire.http2.HeaderTable.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeaderTableTest {
    private static final int FIRST = 62;

    private final HeaderTable table = new HeaderTable();

    /** The same as a list, newest first. */
    private final List<Field> expected = new ArrayList<>();

    private int limit = HeaderTable.LIMIT;

    private void add(Field field) {
        table.add(field);
        expected.addFirst(field);
        shrink();
    }

    private void limit(int bytes) {
        table.limit(bytes);
        limit = bytes;
        shrink();
    }

    private void shrink() {
        while (size() > limit) {
            expected.removeLast();
        }
    }

    private int size() {
        return expected.stream().mapToInt(Field::size).sum();
    }

    private void isAsExpected() {
        assertThat(table.size()).isEqualTo(size()).isLessThanOrEqualTo(limit);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(table.get(FIRST + i)).isEqualTo(expected.get(i));
        }
        assertThatExceptionOfType(ConnectionError.class)
                .isThrownBy(() -> table.get(FIRST + expected.size()));
    }

    @Test
    void asManyOfTheSmallestAsFitAreKept() {
        for (int i = 0; i < 1000; i++) {
            add(Field.of("", ""));
        }
        assertThat(expected).hasSize(128);
        isAsExpected();
    }

    @Test
    void whateverIsAddedAndHoweverItsSizeChanges() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 5000; i++) {
            switch (random.nextInt(8)) {
                case 0 -> limit(random.nextInt(HeaderTable.LIMIT + 1));
                case 1 -> limit(0);
                case 2 -> limit(HeaderTable.LIMIT);
                case 3 -> add(Field.of("large", "v".repeat(random.nextInt(5000))));
                default -> add(Field.of("name" + i, "v".repeat(random.nextInt(60))));
            }
            isAsExpected();
        }
    }

    @Test
    void noIndexBelowTheFirstIsKnown() {
        for (int index : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatExceptionOfType(ConnectionError.class).isThrownBy(() -> table.get(index));
        }
    }
}
