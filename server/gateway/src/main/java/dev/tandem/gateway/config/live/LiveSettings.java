package dev.tandem.gateway.config.live;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.SettingsException;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.source.Problem;
import dev.tandem.runtime.watch.Looks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force. The files are read every second, whole, so that it does not matter how
 * they are replaced: written over, moved into place, or a symbolic link turned (Kubernetes). What
 * two looks in a row find is taken, all at once: a file that is being written is not. A wrong one
 * is refused with every problem in the log, and the old settings stay in force; so do the values of
 * keys that need a new start.
 */
public final class LiveSettings implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LiveSettings.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Who takes changes. */
    private interface Subscription {
        @Nullable Runnable prepared(Settings now, Settings next) throws Taker.RefusedException;
    }

    /** Who takes changes of one section. */
    private record OfOne<T>(Section<T> section, Taker<T> taker) implements Subscription {
        @Override
        public @Nullable Runnable prepared(Settings now, Settings next)
                throws Taker.RefusedException {
            T record = next.get(section);
            return Objects.equals(record, now.get(section)) ? null : taker.prepare(record);
        }
    }

    /** Who takes changes of sections that belong together. */
    private record OfSome(List<Section<?>> sections, Taker<Settings> taker)
            implements Subscription {
        @Override
        public @Nullable Runnable prepared(Settings now, Settings next)
                throws Taker.RefusedException {
            boolean same =
                    sections.stream()
                            .allMatch(each -> Objects.equals(next.get(each), now.get(each)));
            return same ? null : taker.prepare(next);
        }
    }

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private volatile Settings settings;
    private @Nullable Looks looks;

    // of the looking thread, or of nobody before it starts
    private Configuration inForce;
    private Configuration seen;
    private @Nullable Configuration suspected;
    private List<Problem> told = List.of();

    private LiveSettings(Configuration configuration) throws SettingsException {
        settings = configuration.settings();
        inForce = configuration;
        seen = configuration;
    }

    /**
     * Takes settings into force.
     *
     * @throws SettingsException with every problem there is
     */
    public static LiveSettings of(Configuration configuration) throws SettingsException {
        return new LiveSettings(configuration);
    }

    /** Begins to look for changes. */
    public void watch() {
        watch(LOOK);
    }

    void watch(Duration every) {
        looks = Looks.every(every, "settings", this::look);
    }

    /** All that is in force at this moment; belongs together. */
    public Settings now() {
        return settings;
    }

    /** The record of a section that is in force at this moment. */
    public <T> T get(Section<T> section) {
        return settings.get(section);
    }

    /** Asks to be told when a section's record becomes another. */
    public <T> void onChange(Section<T> section, Taker<T> taker) {
        subscriptions.add(new OfOne<>(section, taker));
    }

    /**
     * Asks to be told when the record of any of these sections becomes another. Whoever prepares
     * what is dear to give up asks last: those who asked earlier refuse before it.
     */
    public void onChange(List<Section<?>> sections, Taker<Settings> taker) {
        subscriptions.add(new OfSome(List.copyOf(sections), taker));
    }

    /** The same, for who can take every record. */
    public <T> void follow(Section<T> section, Consumer<T> taker) {
        onChange(section, next -> () -> taker.accept(next));
    }

    /** One look at the files. */
    void look() {
        if (seen.files().unchanged()) {
            suspected = null;
            told = List.of();
            return;
        }
        Configuration next =
                Configuration.read(
                        inForce.sections(), inForce.inputs(), inForce.file().orElse(null));
        if (suspected == null || !suspected.files().same(next.files())) {
            suspected = next; // may lie between two writes
            return;
        }
        suspected = null;
        take(next);
    }

    private void take(Configuration next) {
        if (!next.problems().isEmpty()) {
            refuse(next.problems());
            return;
        }
        Changes changes = Changes.between(inForce, next);
        if (!changes.merged().problems().isEmpty()) {
            refuse(changes.merged().problems());
            return;
        }
        try {
            Settings merged = changes.merged().settings();
            List<Runnable> switches = new ArrayList<>();
            for (Subscription subscription : subscriptions) {
                Runnable ready = subscription.prepared(settings, merged);
                if (ready != null) {
                    switches.add(ready);
                }
            }
            settings = merged;
            inForce = changes.merged();
            seen = next;
            told = List.of();
            switches.forEach(Runnable::run);
            changes.sentences().forEach(line -> LOG.log(Level.INFO, line));
            changes.needStart().forEach(line -> LOG.log(Level.WARNING, line));
        } catch (Taker.RefusedException e) {
            refuse(List.of(new Problem(String.valueOf(e.getMessage()))));
        } catch (SettingsException e) {
            throw new IllegalStateException(e); // there are no problems
        }
    }

    /** Told once; tried again all the same, for the cause may lie in other files. */
    private void refuse(List<Problem> problems) {
        if (problems.equals(told)) {
            return;
        }
        told = problems;
        LOG.log(
                Level.WARNING,
                "Settings: the change is not taken, the old settings stay in force.");
        problems.forEach(problem -> LOG.log(Level.WARNING, "Settings: " + problem.text()));
    }

    /** Stops to look. */
    @Override
    public void close() {
        if (looks != null) {
            looks.close();
        }
    }
}
