package dev.tandem.gateway.cli;

import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyFile;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import jakarta.json.Json;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a key and prints it, this once. */
@Command(
        name = "create",
        description = {"Makes an API key and prints it. It is kept nowhere: only its hash is."},
        mixinStandardHelpOptions = true)
final class CreateKey implements Callable<Integer> {
    private final Screen screen;
    @ParentCommand private @Nullable Keys keys;

    @Parameters(
            paramLabel = "NAME",
            description = "Who has it: 1 to 64 letters, digits and . _ - @")
    private String name = "";

    @Option(
            names = "--scope",
            split = ",",
            paramLabel = "SCOPE",
            defaultValue = "inference,models.read",
            description =
                    "What it allows. Default: ${DEFAULT-VALUE}. Also: metrics.read, admin, and * for all.")
    private List<String> scopes = List.of();

    @Option(
            names = "--model",
            split = ",",
            paramLabel = "NAME",
            description = "Which models it allows; * stands for any characters. Default: all.")
    private List<String> models = List.of();

    @Option(
            names = "--limits",
            paramLabel = "NAME",
            description = "The name of the limits that hold for it.")
    private @Nullable String limits;

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description =
                    "Days from now (90d), or a moment (2027-01-31T12:00:00Z). Default: never.")
    private @Nullable String expires;

    CreateKey(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws CommandException {
        if (keys == null) {
            throw new IllegalStateException("not a command of keys");
        }
        Secret key = ApiKey.create(new SecureRandom());
        KeyEntry entry = entry(key);
        keys.update(before -> {
            if (before.stream().anyMatch(each -> each.name().equals(name))) {
                throw new Keys.NoChange(
                        "There is a key called " + name + " already; choose another name.");
            }
            List<KeyEntry> after = new ArrayList<>(before);
            after.add(entry);
            return after;
        });
        if (keys.json()) {
            screen.out()
                    .println(
                            Json.createObjectBuilder(KeyFile.json(entry))
                                    .add("key", key.reveal())
                                    .build());
        } else {
            screen.out().println(key.reveal());
            screen.err()
                    .println("This is the key of " + name + ". It cannot be shown again; keep it.");
        }
        return 0;
    }

    private KeyEntry entry(Secret key) throws CommandException {
        Map<String, List<String>> attributes = new TreeMap<>();
        if (!models.isEmpty()) {
            attributes.put("models", models);
        }
        if (limits != null) {
            attributes.put(Caller.LIMITS, List.of(limits));
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            return new KeyEntry(
                    name, KeyHash.of(key), Set.copyOf(scopes), attributes, now, when(now), null);
        } catch (IllegalArgumentException e) {
            throw new CommandException("No key was made: " + e.getMessage() + ".", e);
        }
    }

    private @Nullable Instant when(Instant now) throws CommandException {
        if (expires == null) {
            return null;
        }
        try {
            Instant moment =
                    expires.matches("[0-9]{1,5}d")
                            ? now.plus(
                                    Duration.ofDays(
                                            Long.parseLong(
                                                    expires.substring(0, expires.length() - 1))))
                            : Instant.parse(expires);
            if (moment.isAfter(now)) {
                return moment;
            }
        } catch (DateTimeException e) {
            throw new CommandException(wrongTime(), e);
        }
        throw new CommandException(wrongTime());
    }

    private static String wrongTime() {
        return "--expires takes days from now (90d) or a moment to come (2027-01-31T12:00:00Z).";
    }
}
