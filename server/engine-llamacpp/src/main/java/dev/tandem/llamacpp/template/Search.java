package dev.tandem.llamacpp.template;

/** Finds one string in another in linear time, whatever the two are, and pays for it. */
final class Search {
    /** Up to here the quadratic worst case of {@link String#indexOf} does no harm. */
    private static final int SHORT = 32;

    private Search() {}

    /** Where a text begins at this place or later, -1 where it does not occur. */
    static int indexOf(Budget budget, String text, String searched, int from) {
        if (searched.length() <= SHORT) {
            int found = text.indexOf(searched, from);
            pay(budget, text, from, found);
            return found;
        }
        int found =
                text.length() - from < searched.length()
                        ? -1
                        : knuthMorrisPratt(text, searched, from);
        budget.read(2L * searched.length());
        pay(budget, text, from, found);
        return found;
    }

    private static void pay(Budget budget, String text, int from, int found) {
        budget.read(Math.max(0, (found < 0 ? text.length() : found) - from));
    }

    /** Where a text begins last, at this place or before, -1 where it does not occur. */
    static int lastIndexOf(Budget budget, String text, String searched, int from) {
        if (searched.length() <= SHORT) {
            int found = text.lastIndexOf(searched, from);
            budget.read(Math.max(0, from) - (long) Math.max(0, found));
            return found;
        }
        int end = Math.min(text.length(), from + searched.length());
        String backwards = reverse(text.substring(0, Math.max(0, end)));
        budget.allocate(backwards.length());
        int found = indexOf(budget, backwards, reverse(searched), 0);
        return found < 0 ? -1 : end - found - searched.length();
    }

    /** Reverses char by char: a surrogate pair turned round matches the same pair turned round. */
    private static String reverse(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0, j = chars.length - 1; i < j; i++, j--) {
            char c = chars[i];
            chars[i] = chars[j];
            chars[j] = c;
        }
        return new String(chars);
    }

    private static int knuthMorrisPratt(String text, String searched, int from) {
        int[] fallback = fallback(searched);
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != searched.charAt(matched)) {
                matched = fallback[matched - 1];
            }
            if (text.charAt(i) == searched.charAt(matched) && ++matched == searched.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }

    /** For every prefix the length of its longest proper prefix that it also ends with. */
    private static int[] fallback(String searched) {
        int[] fallback = new int[searched.length()];
        int matched = 0;
        for (int i = 1; i < searched.length(); i++) {
            while (matched > 0 && searched.charAt(i) != searched.charAt(matched)) {
                matched = fallback[matched - 1];
            }
            if (searched.charAt(i) == searched.charAt(matched)) {
                matched++;
            }
            fallback[i] = matched;
        }
        return fallback;
    }
}
