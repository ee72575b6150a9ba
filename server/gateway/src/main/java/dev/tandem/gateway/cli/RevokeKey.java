package dev.tandem.gateway.cli;

import dev.tandem.runtime.auth.KeyEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes a key back for good. */
@Command(
        name = "revoke",
        description = {"Takes an API key back, for good. Its entry stays, for the record."},
        mixinStandardHelpOptions = true)
final class RevokeKey implements Callable<Integer> {
    private final Screen screen;
    @ParentCommand private @Nullable Keys keys;

    @Parameters(paramLabel = "NAME", description = "As `tandem keys list` shows it.")
    private String name = "";

    RevokeKey(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws CommandException {
        if (keys == null) {
            throw new IllegalStateException("not a command of keys");
        }
        keys.update(this::revoked);
        screen.err().println("The key of " + name + " is revoked.");
        return 0;
    }

    private List<KeyEntry> revoked(List<KeyEntry> before) {
        List<KeyEntry> after = new ArrayList<>();
        boolean found = false;
        for (KeyEntry entry : before) {
            boolean meant = entry.name().equals(name);
            found |= meant;
            boolean now = meant && entry.revoked() == null;
            after.add(now ? entry.revokedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS)) : entry);
        }
        if (!found) {
            throw new Keys.NoChange(
                    "There is no key called " + name + "; `tandem keys list` lists them.");
        }
        return after;
    }
}
