package dev.tandem.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LogLevelsTest {
    private final LogLevels levels = new LogLevels();

    @Test
    void levelsChangeWhileTheProgramRuns() {
        Logger logger = Logger.getLogger("test.levels.a.b");
        levels.apply(Map.of("test.levels", Level.WARNING));
        assertThat(logger.isLoggable(Level.INFO)).isFalse();

        levels.apply(Map.of("test.levels", Level.WARNING, "test.levels.a", Level.FINE));
        assertThat(logger.isLoggable(Level.FINE)).isTrue();

        levels.apply(Map.of("test.levels", Level.SEVERE));
        assertThat(logger.isLoggable(Level.WARNING)).isFalse();
    }

    @Test
    void whoHasNoLevelAnyMoreHasThatOfItsParentAgain() {
        Logger parent = Logger.getLogger("test.parent");
        Logger child = Logger.getLogger("test.parent.child");
        levels.apply(Map.of("test.parent", Level.SEVERE, "test.parent.child", Level.FINEST));
        assertThat(child.isLoggable(Level.FINEST)).isTrue();

        levels.apply(Map.of("test.parent", Level.SEVERE));
        assertThat(child.getLevel()).isNull();
        assertThat(child.isLoggable(Level.WARNING)).isFalse();

        levels.apply(Map.of());
        assertThat(parent.getLevel()).isNull();
        assertThat(child.isLoggable(Level.WARNING)).isTrue();
    }

    @Test
    void levelsOfLoggersThatNobodyHoldsYetAreNotForgotten() {
        levels.apply(Map.of("test.nobody.holds.this", Level.FINER));
        System.gc();

        assertThat(Logger.getLogger("test.nobody.holds.this").isLoggable(Level.FINER)).isTrue();
    }

    @Test
    void loggersOfOthersAreLeftAlone() {
        Logger other = Logger.getLogger("test.other");
        other.setLevel(Level.CONFIG);
        levels.apply(Map.of("test.mine", Level.OFF));
        levels.apply(Map.of());

        assertThat(other.getLevel()).isEqualTo(Level.CONFIG);
    }
}
