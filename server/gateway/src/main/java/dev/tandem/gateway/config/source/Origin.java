package dev.tandem.gateway.config.source;

import java.nio.file.Path;

/** Where a value came from. */
public sealed interface Origin {
    /** For people: {@code tandem.yaml:3:9}, {@code TANDEM_PORT}, {@code --port}. */
    String text();

    /**
     * Is its name in {@link #text()} the setting's own? Otherwise a problem names the key beside
     * it.
     */
    default boolean namesTheKey() {
        return true;
    }

    /** What relative paths are relative to. */
    Path folder();

    /** The program itself. */
    record Default(Path folder) implements Origin {
        @Override
        public String text() {
            return "default";
        }

        @Override
        public boolean namesTheKey() {
            return false;
        }
    }

    /**
     * A place in the file.
     *
     * @param file as the user would name it
     * @param line from 1
     * @param column from 1
     */
    record InFile(String file, int line, int column, Path folder) implements Origin {
        @Override
        public String text() {
            return file + ":" + line + ":" + column;
        }

        @Override
        public boolean namesTheKey() {
            return false;
        }
    }

    /** A variable of the environment. */
    record Variable(String name, Path folder) implements Origin {
        @Override
        public String text() {
            return name;
        }
    }

    /** A line of {@code .env}. */
    record DotEnvLine(String file, int line, String name, Path folder) implements Origin {
        @Override
        public String text() {
            return file + ":" + line + ": " + name;
        }
    }

    /** A flag of the command line, with its hyphens. */
    record Flag(String name, Path folder) implements Origin {
        @Override
        public String text() {
            return name;
        }
    }

    /** A place in a variable or flag that holds JSON. */
    record Inside(Origin outer, int line, int column) implements Origin {
        @Override
        public String text() {
            return outer.text() + ":" + line + ":" + column;
        }

        @Override
        public boolean namesTheKey() {
            return false;
        }

        @Override
        public Path folder() {
            return outer.folder();
        }
    }

    /** A file that another origin names, for a secret. */
    record SecretFile(Origin outer, Path file) implements Origin {
        @Override
        public String text() {
            return outer.text() + " (" + file + ")";
        }

        @Override
        public boolean namesTheKey() {
            return outer.namesTheKey();
        }

        @Override
        public Path folder() {
            return outer.folder();
        }
    }
}
