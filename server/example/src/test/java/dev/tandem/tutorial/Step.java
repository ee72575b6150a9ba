package dev.tandem.tutorial;

/** One thing that the page has its reader do. */
sealed interface Step {
    /** A heading: what follows belongs to it. */
    record Section(String title) implements Step {}

    /** A file, whole. */
    record WriteFile(String path, String text) implements Step {}

    /** Lines of a file, told as a diff. */
    record ChangeFile(String path, String diff) implements Step {}

    /** Commands that end by themselves, and well. */
    record Commands(String script) implements Step {}

    /** Commands that end badly, because the server refuses what they ask for. */
    record Refused(String script) implements Step {}

    /** A command that runs on in a terminal of its own; it is ready when it has printed a text. */
    record Serve(String name, String ready, String script) implements Step {}

    /** Ctrl-C in that terminal. */
    record Stop(String name) implements Step {}

    /** What the commands before print; {@code …} stands for anything. */
    record Prints(String text) implements Step {}

    /** Commands for those who have a program that tests cannot ask for. */
    record WithProgram(String program, String script) implements Step {}

    /** A page to look at. */
    record Look(String address) implements Step {}
}
