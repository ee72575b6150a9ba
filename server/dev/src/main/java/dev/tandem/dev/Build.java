package dev.tandem.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the classes up to what the sources say. What could not be taken is taken along with the
 * next change. Used by one thread.
 */
final class Build implements AutoCloseable {
    private final DevOptions options;
    private final JavaBuild java;
    private final ProtoBuild protos;

    private final Set<Path> resources = new HashSet<>(); // changed, and not copied yet
    private boolean ungenerated; // .proto files changed, and Maven did not take them yet
    private boolean uncompiled; // Java changed, and the compiler did not take it yet
    private boolean generatedToo; // of that, what Maven generated

    /** Before Maven last succeeded: it takes what it has generated away before it begins. */
    private final Set<Path> generated = new HashSet<>();

    /** Sources that are there no more, each with the folder of its package's first part. */
    private final Map<Path, Path> gone = new HashMap<>();

    /**
     * @throws IllegalStateException where this Java has no compiler
     */
    Build(DevOptions options) {
        this.options = options;
        java = new JavaBuild(options);
        protos = new ProtoBuild(options);
    }

    /** Makes the first change as fast as those after it. */
    void warm() throws IOException {
        java.warm();
    }

    /**
     * Takes what has changed.
     *
     * @return what is wrong; then the classes are as before
     * @throws IOException also where a file went while it was read
     */
    List<String> take(Set<Path> changed) throws IOException, InterruptedException {
        changed.forEach(this::sort);
        copyResources();
        List<String> problems = ungenerated ? generate() : List.of();
        return problems.isEmpty() && uncompiled ? compile() : problems;
    }

    private void sort(Path file) {
        if (file.startsWith(options.protos())) {
            ungenerated = true;
        } else if (file.startsWith(options.sources())) {
            uncompiled = true;
            if (!Files.exists(file)) {
                gone.put(file, options.sources());
            }
        } else if (file.startsWith(options.resources())) {
            resources.add(file);
        }
    }

    private void copyResources() throws IOException {
        for (Path resource : resources) {
            Path target = options.classes().resolve(options.resources().relativize(resource));
            if (Files.exists(resource)) {
                Files.createDirectories(target.getParent());
                Files.copy(resource, target, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(target);
            }
        }
        resources.clear();
    }

    private List<String> generate() throws IOException, InterruptedException {
        generated.addAll(java.generatedSources());
        List<String> problems = protos.generate();
        if (problems.isEmpty()) {
            generated.stream()
                    .filter(source -> !Files.exists(source))
                    .forEach(source -> gone.put(source, options.generatedRoot(source)));
            generated.clear();
            ungenerated = false;
            uncompiled = true;
            generatedToo = true;
        }
        return problems;
    }

    /** Compiles without the classes of sources that are gone, lest others still find them. */
    private List<String> compile() throws IOException {
        gone.keySet().removeIf(Files::exists); // come back
        Map<Path, byte[]> taken = new HashMap<>();
        List<String> problems;
        boolean good = false;
        try {
            for (Map.Entry<Path, Path> source : gone.entrySet()) {
                taken.putAll(java.forget(source.getKey(), source.getValue()));
            }
            problems = java.compile(generatedToo);
            good = problems.isEmpty();
        } finally {
            if (!good) { // what runs on may not have loaded them yet
                for (Map.Entry<Path, byte[]> each : taken.entrySet()) {
                    Files.write(each.getKey(), each.getValue());
                }
            }
        }
        if (good) {
            uncompiled = false;
            generatedToo = false;
            gone.clear();
        }
        return problems;
    }

    @Override
    public void close() {
        java.close();
    }
}
