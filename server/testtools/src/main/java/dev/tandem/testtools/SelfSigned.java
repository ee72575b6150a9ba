package dev.tandem.testtools;

import java.nio.file.Path;

/** A certificate for {@code localhost} that signed itself, made by openssl. */
public record SelfSigned(Path certificate, Path key) {

    /** Makes one: {@code NAME.pem} and {@code NAME.key} in the folder. */
    public static SelfSigned in(Path folder, String name) {
        SelfSigned pair =
                new SelfSigned(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
        Command.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-subj",
                        "/CN=localhost",
                        "-addext",
                        "subjectAltName=DNS:localhost",
                        "-keyout",
                        pair.key().toString(),
                        "-out",
                        pair.certificate().toString())
                .in(folder)
                .output();
        return pair;
    }
}
