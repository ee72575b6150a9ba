package dev.tandem.tutorial;

import dev.tandem.tutorial.Step.ChangeFile;
import dev.tandem.tutorial.Step.Commands;
import dev.tandem.tutorial.Step.Look;
import dev.tandem.tutorial.Step.Prints;
import dev.tandem.tutorial.Step.Refused;
import dev.tandem.tutorial.Step.Section;
import dev.tandem.tutorial.Step.Serve;
import dev.tandem.tutorial.Step.Stop;
import dev.tandem.tutorial.Step.WithProgram;
import dev.tandem.tutorial.Step.WriteFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a page. A block of {@code sh} is run; what any other block is for, a comment right
 * above it says, which readers of the page do not see:
 *
 * <ul>
 *   <li>{@code <!-- file PATH -->}: the block is the whole file
 *   <li>{@code <!-- change PATH -->}: the block is a diff of the file
 *   <li>{@code <!-- prints -->}: the commands before print the block
 *   <li>{@code <!-- refused -->}: the commands end badly, as the page says
 *   <li>{@code <!-- serve NAME, ready: TEXT -->}: the command runs on, beside those that follow
 *   <li>{@code <!-- stop NAME -->}, without a block: it is stopped
 *   <li>{@code <!-- with PROGRAM -->}: the commands need a program that may be missing
 * </ul>
 */
final class Page {
    private static final Pattern PART =
            Pattern.compile(
                    "^## (?<title>[^\n]+)$"
                            + "|^<!-- stop (?<stop>\\w+) -->$"
                            + "|(?:^<!-- (?<says>[^\n]+) -->\n+)?"
                            + "^```(?<language>\\w+)\n(?<block>.*?)^```$"
                            + "|`(?<address>http://127\\.0\\.0\\.1:8080/[^`]*)`",
                    Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SERVE = Pattern.compile("serve (\\w+), ready: (.+)");

    private Page() {}

    static List<Step> steps(String markdown) {
        List<Step> steps = new ArrayList<>();
        Matcher parts = PART.matcher(markdown);
        while (parts.find()) {
            steps.add(step(parts));
        }
        return steps;
    }

    private static Step step(MatchResult part) {
        if (part.group("title") != null) {
            return new Section(part.group("title"));
        }
        if (part.group("stop") != null) {
            return new Stop(part.group("stop"));
        }
        if (part.group("address") != null) {
            return new Look(part.group("address"));
        }
        return block(part.group("language"), part.group("says"), part.group("block"));
    }

    private static Step block(String language, @Nullable String says, String block) {
        if (says == null) {
            if (!language.equals("sh")) {
                throw new AssertionError("nothing says what this block is for:\n" + block);
            }
            return new Commands(block);
        }
        Matcher serve = SERVE.matcher(says);
        if (serve.matches()) {
            return new Serve(serve.group(1), serve.group(2), block);
        }
        String rest = says.substring(says.indexOf(' ') + 1);
        return switch (says.split(" ", -1)[0]) {
            case "file" -> new WriteFile(rest, block);
            case "change" -> new ChangeFile(rest, block);
            case "prints" -> new Prints(block);
            case "refused" -> new Refused(block);
            case "with" -> new WithProgram(rest, block);
            default -> throw new AssertionError("not a step: " + says);
        };
    }
}
