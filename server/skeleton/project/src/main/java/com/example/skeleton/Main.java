package com.example.skeleton;

import dev.tandem.runtime.Server;
import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reason;
import dev.tandem.transcoding.openapi.About;
import java.util.List;

/** The program: where its parts are put together. */
public final class Main {
    private Main() {}

    /** Serves until Ctrl-C or SIGTERM; running calls end first. */
    public static void main(String[] args) {
        ServerBuilder builder =
                server(new Items())
                        .host(setting("HOST", "127.0.0.1"))
                        .port(Integer.parseInt(setting("PORT", "8080")));
        if (setting("OPEN_TO_ANYBODY", "no").equals("yes")) {
            builder.openToAnybody();
        }
        builder.start().runUntilStopped();
    }

    /** The server as it is, without its address: tests start it too. */
    static ServerBuilder server(Items items) {
        return Server.builder()
                .about(new About("Skeleton", "1", "Items that are kept under an id.", ""))
                .reasons(
                        List.of(
                                new Reason("item_not_found", Code.NOT_FOUND, "No such item."),
                                new Reason("item_exists", Code.ALREADY_EXISTS, "The id is taken.")))
                .service(new SkeletonService(items).service());
    }

    private static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }
}
