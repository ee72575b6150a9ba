package dev.tandem.gateway.cli;

import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyFile;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows all that is known of a key. */
@Command(
        name = "show",
        description = {"Shows what is known of an API key; not the key, which is kept nowhere."},
        mixinStandardHelpOptions = true)
final class ShowKey implements Callable<Integer> {
    private final Screen screen;
    @ParentCommand private @Nullable Keys keys;

    @Parameters(paramLabel = "NAME", description = "As `tandem keys list` shows it.")
    private String name = "";

    ShowKey(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws CommandException {
        if (keys == null) {
            throw new IllegalStateException("not a command of keys");
        }
        KeyEntry entry =
                keys.read().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                new CommandException(
                                        "There is no key called "
                                                + name
                                                + "; `tandem keys list` lists them."));
        if (keys.json()) {
            screen.out().println(KeyFile.json(entry));
            return 0;
        }
        line("name", entry.name());
        line("state", Keys.state(entry, Instant.now()));
        line("scopes", String.join(" ", entry.sortedScopes()));
        new TreeMap<>(entry.attributes())
                .forEach((attribute, words) -> line(attribute, String.join(" ", words)));
        line("created", entry.created().toString());
        if (entry.revoked() != null) {
            line("revoked", entry.revoked().toString());
        }
        line("sha256", entry.hash().hex());
        return 0;
    }

    private void line(String what, String value) {
        screen.out().printf("%-8s %s%n", what, value);
    }
}
