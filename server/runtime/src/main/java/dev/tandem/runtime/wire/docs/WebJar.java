package dev.tandem.runtime.wire.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The files of a browser's library that is a jar of webjars.org on the class path. Its version is
 * read from the jar, so that the build alone names it.
 */
public final class WebJar {
    private final String group;
    private final String artifact;

    /** A library by its coordinates; its jar is looked for when a file is wanted. */
    public WebJar(String group, String artifact) {
        this.group = group;
        this.artifact = artifact;
    }

    /**
     * A file.
     *
     * @param name below the library's folder; never a part of a request
     * @throws IllegalStateException where the jar is not on the class path
     */
    public byte[] file(String name) {
        return bytes(
                "META-INF/resources/webjars/%s/%s/%s".formatted(artifact, version(), name),
                group + ":" + artifact);
    }

    private String version() {
        try (InputStream in =
                open(
                        "META-INF/maven/%s/%s/pom.properties".formatted(group, artifact),
                        group + ":" + artifact)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A resource of the runtime's own. */
    static byte[] own(String name) {
        return bytes("dev/tandem/runtime/wire/docs/" + name, "the runtime");
    }

    private static byte[] bytes(String path, String jar) {
        try (InputStream in = open(path, jar)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path, String jar) {
        InputStream in = WebJar.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException(
                    path + " is not on the class path; add the jar of " + jar + " to it.");
        }
        return in;
    }
}
