package dev.tandem.transcoding.form;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A header's value with parameters: {@code form-data; name="file"} (RFC 9110, section 5.6.6).
 *
 * @param value what stands before the parameters, in lower case
 * @param parameters names in lower case
 */
record Fields(String value, Map<String, String> parameters) {
    /**
     * Reads a value.
     *
     * @param header its name, for the error
     * @throws FormException where it has another form, or a parameter twice
     */
    static Fields of(String header, String text) throws FormException {
        Scanner scanner = new Scanner(header, text);
        String value = scanner.upTo(";").strip().toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new LinkedHashMap<>();
        while (scanner.skip(';')) {
            String name = scanner.upTo("=;").strip().toLowerCase(Locale.ROOT);
            if (scanner.skip('=')) {
                String given = scanner.parameter();
                if (name.isEmpty() || parameters.putIfAbsent(name, given) != null) {
                    throw scanner.malformed();
                }
            } else if (!name.isEmpty()) {
                throw scanner.malformed();
            }
        }
        return new Fields(value, parameters);
    }

    private static final class Scanner {
        private final String header;
        private final String text;
        private int at;

        Scanner(String header, String text) {
            this.header = header;
            this.text = text;
        }

        boolean skip(char c) {
            boolean there = at < text.length() && text.charAt(at) == c;
            at += there ? 1 : 0;
            return there;
        }

        String upTo(String ends) {
            int from = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at);
        }

        String parameter() throws FormException {
            upToOther();
            if (!skip('"')) {
                return token();
            }
            String quoted = quoted();
            upToOther();
            if (at < text.length() && text.charAt(at) != ';') {
                throw malformed();
            }
            return quoted;
        }

        private String token() throws FormException {
            String token = upTo(";").strip();
            if (token.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '\\')) {
                throw malformed();
            }
            return token;
        }

        /** A backslash stands before a quote or a backslash; elsewhere it is itself. */
        private String quoted() throws FormException {
            StringBuilder quoted = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return quoted.toString();
                }
                if (c == '\\' && (peek() == '"' || peek() == '\\')) {
                    c = text.charAt(at++);
                }
                quoted.append(c);
            }
            throw malformed();
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private void upToOther() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        FormException malformed() {
            return new FormException(
                    "A "
                            + header
                            + " cannot be read; it looks like form-data; name=\"field\", with each"
                            + " parameter once.");
        }
    }
}
