package dev.tandem.llamacpp.natives;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class DefaultsCheckTest {
    private final MemorySegment params = Arena.ofAuto().allocate(Structs.CONTEXT_PARAMS);

    private void writeDefaults(long shift) {
        params.set(JAVA_INT, shift, 512);
        params.set(JAVA_INT, shift + 4, 2_048);
        params.set(JAVA_INT, shift + 8, 512);
        params.set(JAVA_INT, shift + 12, 1);
        params.set(JAVA_INT, shift + 44, -1);
        params.set(JAVA_INT, shift + 104, 1);
        params.set(JAVA_BYTE, shift + 129, (byte) 1);
    }

    @Test
    void theKnownLayoutPasses() {
        writeDefaults(0);
        assertThatCode(() -> DefaultsCheck.checkContext(params)).doesNotThrowAnyException();
    }

    @Test
    void aShiftedLayoutIsRefused() {
        writeDefaults(4);
        assertThatExceptionOfType(LibraryUnusable.class)
                .isThrownBy(() -> DefaultsCheck.checkContext(params))
                .withMessageContaining("n_ctx at 0 is 0, not 512");
    }
}
