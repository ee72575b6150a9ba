package dev.tandem.runtime.policy;

import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;

/** The path of a broken rule as it stands in the JSON: {@code messages[0].content[1].type}. */
final class RulePath {
    private RulePath() {}

    static String of(FieldPath path) {
        StringBuilder text = new StringBuilder();
        for (FieldPathElement element : path.getElementsList()) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(element.getFieldName());
            subscript(element, text);
        }
        return text.toString();
    }

    private static void subscript(FieldPathElement element, StringBuilder text) {
        switch (element.getSubscriptCase()) {
            case INDEX -> text.append('[').append(element.getIndex()).append(']');
            case BOOL_KEY -> key(String.valueOf(element.getBoolKey()), text);
            case INT_KEY -> key(String.valueOf(element.getIntKey()), text);
            case UINT_KEY -> key(Long.toUnsignedString(element.getUintKey()), text);
            case STRING_KEY -> key(element.getStringKey(), text);
            case SUBSCRIPT_NOT_SET -> {}
        }
    }

    private static void key(String key, StringBuilder text) {
        text.append("[\"").append(key.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"]");
    }
}
