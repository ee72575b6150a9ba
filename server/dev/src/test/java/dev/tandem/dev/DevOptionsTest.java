package dev.tandem.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevOptionsTest {
    private static final Path OWN = Path.of("lib", "tandem-dev.jar");
    private static final String CLASS_PATH =
            String.join(File.pathSeparator, "target/classes", OWN.toString(), "lib/a.jar");

    @Test
    void theServicesClassPathIsWithoutTheRunner() {
        assertThat(of(Map.of(), "--main=a.Main").classPath())
                .containsExactly(Path.of("target/classes"), Path.of("lib/a.jar"));
    }

    @Test
    void wordsBehindTheDashesAreTheServices() {
        DevOptions options = of(Map.of(), "--main=a.Main", "--", "serve", "--main=b");

        assertThat(options.main()).isEqualTo("a.Main");
        assertThat(options.arguments()).containsExactly("serve", "--main=b");
    }

    @Test
    void thePortIsThatOfTheVariableUnlessAnotherIsTold() {
        assertThat(of(Map.of(), "--main=a.Main").port()).isEqualTo(8080);
        assertThat(of(Map.of("PORT", "81"), "--main=a.Main").port()).isEqualTo(81);
        assertThat(of(Map.of("PORT", "81"), "--main=a.Main", "--port=82").port()).isEqualTo(82);
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThatThrownBy(() -> of(Map.of())).hasMessageContaining("--main=… is missing");
        assertThatThrownBy(() -> of(Map.of(), "--mian=a"))
                .hasMessageContaining("--mian=a is no option")
                .hasMessageContaining("main");
        assertThatThrownBy(() -> of(Map.of("PORT", "http"), "--main=a"))
                .hasMessageContaining("no number: http");
    }

    private static DevOptions of(Map<String, String> environment, String... words) {
        return DevOptions.of(List.of(words), environment, CLASS_PATH, OWN);
    }
}
