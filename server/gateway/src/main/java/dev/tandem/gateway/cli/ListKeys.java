package dev.tandem.gateway.cli;

import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyFile;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Lists the keys, without the keys. */
@Command(
        name = "list",
        description = {"Lists the names of the API keys, what they allow and how they are."},
        mixinStandardHelpOptions = true)
final class ListKeys implements Callable<Integer> {
    private final Screen screen;
    @ParentCommand private @Nullable Keys keys;

    ListKeys(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws CommandException {
        if (keys == null) {
            throw new IllegalStateException("not a command of keys");
        }
        List<KeyEntry> entries = keys.read();
        if (keys.json()) {
            JsonArrayBuilder all = Json.createArrayBuilder();
            entries.forEach(entry -> all.add(KeyFile.json(entry)));
            screen.out().println(all.build());
            return 0;
        }
        Instant now = Instant.now();
        for (KeyEntry entry : entries) {
            screen.out()
                    .printf(
                            "%-24s %-34s %s%n",
                            entry.name(),
                            Keys.state(entry, now),
                            String.join(" ", entry.sortedScopes()));
        }
        return 0;
    }
}
