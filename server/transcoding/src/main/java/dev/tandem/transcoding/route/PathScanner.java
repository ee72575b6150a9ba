package dev.tandem.transcoding.route;

import java.util.ArrayList;
import java.util.List;

/** Cuts a path template into its terminals. */
final class PathScanner {
    private static final String SPECIAL = "/*{}=:";

    private final String template;
    private int at;

    private PathScanner(String template) {
        this.template = template;
    }

    /** The terminals, the last of which is END. */
    static List<PathToken> scan(String template) {
        PathScanner scanner = new PathScanner(template);
        List<PathToken> tokens = new ArrayList<>();
        while (scanner.at < template.length()) {
            tokens.add(scanner.next());
        }
        tokens.add(new PathToken(PathToken.Kind.END, "", template.length()));
        return tokens;
    }

    private PathToken next() {
        return switch (template.charAt(at)) {
            case '/' -> take(PathToken.Kind.SLASH, 1);
            case '{' -> take(PathToken.Kind.OPEN, 1);
            case '}' -> take(PathToken.Kind.CLOSE, 1);
            case '=' -> take(PathToken.Kind.EQUALS, 1);
            case ':' -> take(PathToken.Kind.COLON, 1);
            case '*' ->
                    template.startsWith("**", at)
                            ? take(PathToken.Kind.STAR_STAR, 2)
                            : take(PathToken.Kind.STAR, 1);
            default -> take(PathToken.Kind.TEXT, textLength());
        };
    }

    private int textLength() {
        int end = at;
        while (end < template.length() && SPECIAL.indexOf(template.charAt(end)) < 0) {
            end++;
        }
        return end - at;
    }

    private PathToken take(PathToken.Kind kind, int length) {
        PathToken token = new PathToken(kind, template.substring(at, at + length), at);
        at += length;
        return token;
    }
}
