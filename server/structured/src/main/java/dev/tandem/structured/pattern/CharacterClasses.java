package dev.tandem.structured.pattern;

/** The classes that ECMA-262 has names for. */
final class CharacterClasses {
    static final CodePoints DIGIT = CodePoints.range('0', '9');
    static final CodePoints WORD =
            DIGIT.or(CodePoints.range('a', 'z'))
                    .or(CodePoints.range('A', 'Z'))
                    .or(CodePoints.of('_'));
    static final CodePoints LINE_END = CodePoints.anyOf("\n\r\u2028\u2029");
    static final CodePoints SPACE =
            CodePoints.anyOf("\t\u000B\f \u00A0\u1680\u202F\u205F\u3000\uFEFF")
                    .or(CodePoints.range(0x2000, 0x200A))
                    .or(LINE_END);

    private CharacterClasses() {}
}
