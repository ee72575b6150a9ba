package dev.tandem.transcoding.openapi;

import com.google.protobuf.Descriptors.GenericDescriptor;
import dev.tandem.transcoding.schema.Declarations;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of the .proto files, as a document shows them. */
final class Comments {
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s|$)");
    private static final Pattern OWN_LINE = Pattern.compile("(?m)^(\\s{2,}|[-*|>#]|\\d+\\.|```)");

    private final Declarations declarations;

    Comments(Declarations declarations) {
        this.declarations = declarations;
    }

    /** The whole comment: paragraphs on one line each, lists and code as they are. */
    String of(GenericDescriptor declaration) {
        return Arrays.stream(declarations.comment(declaration).split("\n\\s*\n", -1))
                .map(paragraph ->
                        OWN_LINE.matcher(paragraph).find()
                                ? paragraph
                                : paragraph.replaceAll("\\s*\n\\s*", " "))
                .collect(Collectors.joining("\n\n"))
                .strip();
    }

    /** The first sentence, without its full stop. */
    static String summary(String comment) {
        String first = comment.split("\n\n", 2)[0];
        String sentence = first.substring(0, end(first));
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** What follows the first sentence. */
    static String rest(String comment) {
        return comment.substring(end(comment.split("\n\n", 2)[0])).strip();
    }

    /** Texts that are not empty, as paragraphs. */
    static String joined(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining("\n\n"));
    }

    private static int end(String paragraph) {
        Matcher end = SENTENCE_END.matcher(paragraph);
        while (end.find()) {
            if (!isAbbreviation(paragraph.substring(0, end.end()))) {
                return end.end();
            }
        }
        return paragraph.length();
    }

    private static boolean isAbbreviation(String text) {
        return text.endsWith("e.g.") || text.endsWith("i.e.") || text.endsWith("etc.");
    }
}
