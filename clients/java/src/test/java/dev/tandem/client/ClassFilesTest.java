package dev.tandem.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.options.v1.MessageJson;
import dev.tandem.v1.ChatRequest;
import io.grpc.Grpc;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassFilesTest {
    private static final int JAVA_17 = 61;

    @ParameterizedTest
    @ValueSource(
            classes = {
                TandemClient.class,
                ChatRequest.class,
                MessageJson.class,
                Message.class,
                Grpc.class
            })
    void theClientAndWhatItNeedsRunsOnJava17(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream bytes =
                        Objects.requireNonNull(type.getClassLoader()).getResourceAsStream(file);
                DataInputStream in = new DataInputStream(Objects.requireNonNull(bytes))) {
            in.skipNBytes(6); // magic and minor version

            assertThat(in.readUnsignedShort()).isLessThanOrEqualTo(JAVA_17);
        }
    }
}
