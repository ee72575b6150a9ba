package dev.tandem.structured.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of Unicode code points as ascending ranges that do not touch. Immutable. */
public record CodePoints(List<Range> ranges) {
    /** Every code point that a JSON string can hold: all but surrogates. */
    public static final CodePoints ANY =
            new CodePoints(
                    List.of(new Range(0, 0xD7FF), new Range(0xE000, Character.MAX_CODE_POINT)));

    /** No code point. */
    public static final CodePoints NONE = new CodePoints(List.of());

    /** The code points from first to last, both included. */
    public record Range(int first, int last) {}

    /** Copies the ranges. */
    public CodePoints {
        ranges = List.copyOf(ranges);
    }

    /** One code point. */
    public static CodePoints of(int codePoint) {
        return range(codePoint, codePoint);
    }

    /** The code points from first to last, both included. */
    public static CodePoints range(int first, int last) {
        return new CodePoints(List.of(new Range(first, last)));
    }

    /** The code points of a string. */
    public static CodePoints anyOf(String characters) {
        return joined(characters.codePoints().mapToObj(c -> new Range(c, c)).toList());
    }

    /** Those of this set and of the other. */
    public CodePoints or(CodePoints other) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return joined(all);
    }

    /** Those that both sets have. */
    public CodePoints and(CodePoints other) {
        List<Range> common = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < ranges.size() && j < other.ranges.size()) {
            Range a = ranges.get(i);
            Range b = other.ranges.get(j);
            int first = Math.max(a.first, b.first);
            int last = Math.min(a.last, b.last);
            if (first <= last) {
                common.add(new Range(first, last));
            }
            if (a.last < b.last) {
                i++;
            } else {
                j++;
            }
        }
        return new CodePoints(common);
    }

    /** Those of {@link #ANY} that this set has not. */
    public CodePoints not() {
        List<Range> gaps = new ArrayList<>();
        int next = 0;
        for (Range range : ranges) {
            if (range.first > next) {
                gaps.add(new Range(next, range.first - 1));
            }
            next = range.last + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            gaps.add(new Range(next, Character.MAX_CODE_POINT));
        }
        return new CodePoints(gaps).and(ANY);
    }

    /** Whether the code point is one of the set. */
    public boolean contains(int codePoint) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (codePoint < range.first) {
                high = middle - 1;
            } else if (codePoint > range.last) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    private static CodePoints joined(List<Range> all) {
        List<Range> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(Range::first));
        List<Range> joined = new ArrayList<>();
        for (Range range : sorted) {
            Range before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && range.first <= before.last + 1) {
                joined.set(
                        joined.size() - 1,
                        new Range(before.first, Math.max(before.last, range.last)));
            } else {
                joined.add(range);
            }
        }
        return new CodePoints(joined);
    }
}
