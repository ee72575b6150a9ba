package dev.tandem.llamacpp.template;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Python's strftime in the C locale. */
final class DateFormat {
    private DateFormat() {}

    static Text format(Budget budget, Text format, LocalDateTime time) {
        StringBuilder out = new StringBuilder();
        String chars = format.chars();
        for (int i = 0; i < chars.length(); i++) {
            budget.allocate(1);
            char c = chars.charAt(i);
            if (c != '%' || i + 1 == chars.length()) {
                out.append(c);
                continue;
            }
            boolean unpadded = chars.charAt(i + 1) == '-' && i + 2 < chars.length();
            i += unpadded ? 2 : 1;
            out.append(field(chars.charAt(i), unpadded, time));
        }
        return format.derive(out.toString());
    }

    private static String field(char field, boolean unpadded, LocalDateTime time) {
        String pattern =
                switch (field) {
                    case 'd' -> unpadded ? "d" : "dd";
                    case 'm' -> unpadded ? "M" : "MM";
                    case 'H' -> unpadded ? "H" : "HH";
                    case 'I' -> unpadded ? "h" : "hh";
                    case 'M' -> unpadded ? "m" : "mm";
                    case 'S' -> unpadded ? "s" : "ss";
                    case 'j' -> unpadded ? "D" : "DDD";
                    case 'Y' -> "yyyy";
                    case 'y' -> "yy";
                    case 'p' -> "a";
                    case 'B' -> "MMMM";
                    case 'b', 'h' -> "MMM";
                    case 'A' -> "EEEE";
                    case 'a' -> "EEE";
                    case 'F' -> "yyyy-MM-dd";
                    case 'T' -> "HH:mm:ss";
                    case 'D' -> "MM/dd/yy";
                    case 'R' -> "HH:mm";
                    case 'f' -> "SSSSSS";
                    default -> "";
                };
        if (pattern.isEmpty()) {
            return literal(field, time);
        }
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    private static String literal(char field, LocalDateTime time) {
        return switch (field) {
            case '%' -> "%";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
            case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
            // without a time zone Python writes nothing
            case 'z', 'Z' -> "";
            default -> "%" + field;
        };
    }
}
