package dev.tandem.skeleton;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Programs;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A project in a folder of its own, made by the one command. */
final class NewService {
    private final Path folder;

    private NewService(Path folder) {
        this.folder = folder;
    }

    /** Makes it anew. */
    static NewService make(Path folder, String... more) throws IOException {
        Programs.needs("mvn");
        LocalRepository.fill();
        empty(folder);
        List<String> words =
                new ArrayList<>(
                        List.of(
                                LocalRepository.root().resolve("new-service").toString(),
                                folder.toString()));
        words.addAll(List.of(more));
        Command.of(words).with(environment()).output();
        return new NewService(folder);
    }

    static Map<String, String> environment() {
        return Map.of(
                "MAVEN_ARGS",
                LocalRepository.mavenArguments(),
                "JAVA_HOME",
                System.getProperty("java.home"));
    }

    Path folder() {
        return folder;
    }

    /** {@code ./mvnw} with these words. */
    Command mvnw(String... words) {
        List<String> all = new ArrayList<>(List.of(folder.resolve("mvnw").toString()));
        all.addAll(List.of(words));
        return Command.of(all).in(folder).with(environment());
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    /** Changes a file as an editor does. */
    void change(String file, String from, String to) throws IOException {
        String text = read(file);
        if (!text.contains(from)) {
            throw new IllegalArgumentException(file + " has no " + from);
        }
        Files.writeString(folder.resolve(file), text.replace(from, to));
    }

    /** Makes the folder anew, without anything in it. */
    static Path empty(Path folder) throws IOException {
        delete(folder);
        return Files.createDirectories(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path each, IOException failed)
                            throws IOException {
                        Files.delete(each);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
