package com.example.people;

import dev.tandem.runtime.Server;
import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.background.Background;
import dev.tandem.transcoding.openapi.About;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The program: where its parts are put together. */
public final class Main {
    private Main() {}

    /** Serves until Ctrl-C or SIGTERM; running calls end first. */
    public static void main(String[] args) {
        Directory directory = new Directory();
        Extractor extractor =
                new Extractor(setting("GATEWAY", "127.0.0.1:8081"), setting("MODEL", "default"));
        Background background = new Background(Duration.ofSeconds(10));
        ServerBuilder builder =
                server(directory, extractor, background)
                        .host(setting("HOST", "127.0.0.1"))
                        .port(Integer.parseInt(setting("PORT", "8080")));
        String keys = setting("KEYS_FILE", "");
        if (!keys.isEmpty()) {
            builder.authenticators(
                    List.of(ApiKeys.of(List.of(), Path.of(keys), Clock.systemUTC())));
        }
        Server server = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        IO.println("people listens on port " + server.port() + "; /docs shows its API");
    }

    /** The server as it is, without address and keys: tests start it too. */
    static ServerBuilder server(Directory directory, Extractor extractor, Background background) {
        return Server.builder()
                .about(new About("People", "1.0.0", "Who is who.", ""))
                .reasons(PeopleErrors.ALL)
                .resource(extractor)
                .resource(background)
                .service(new PeopleService(directory, extractor, background).service());
    }

    private static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }
}
