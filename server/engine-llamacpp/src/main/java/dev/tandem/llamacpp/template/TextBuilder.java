package dev.tandem.llamacpp.template;

import java.util.Arrays;

/** Builds a {@link Text}, keeping track of the caller's characters. Does not pay: its user does. */
final class TextBuilder {
    private final StringBuilder chars = new StringBuilder();
    private int[] spans = {};
    private int bounds;

    TextBuilder append(Text text) {
        return append(text, 0, text.length());
    }

    TextBuilder append(Text text, int from, int to) {
        int shift = chars.length() - from;
        chars.append(text.chars(), from, to);
        for (int i = 0; i < text.bounds(); i += 2) {
            int start = Math.max(from, text.bound(i));
            int end = Math.min(to, text.bound(i + 1));
            if (start < end) {
                span(start + shift, end + shift);
            }
        }
        return this;
    }

    TextBuilder append(String trusted) {
        chars.append(trusted);
        return this;
    }

    TextBuilder append(char trusted) {
        chars.append(trusted);
        return this;
    }

    int length() {
        return chars.length();
    }

    Text build() {
        return Text.spanned(chars.toString(), Arrays.copyOf(spans, bounds));
    }

    private void span(int start, int end) {
        if (bounds > 0 && spans[bounds - 1] == start) {
            spans[bounds - 1] = end;
            return;
        }
        if (bounds == spans.length) {
            spans = Arrays.copyOf(spans, Math.max(8, 2 * bounds));
        }
        spans[bounds++] = start;
        spans[bounds++] = end;
    }
}
