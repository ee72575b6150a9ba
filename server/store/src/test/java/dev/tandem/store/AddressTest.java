package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static final Path FOLDER = Path.of("/store");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://models.example/a.gguf",
                "ftp://models.example/a.gguf",
                "file:///etc/a.gguf",
                "a.gguf",
                "https:///a.gguf",
                "http://127.0.0.1.example/a.gguf",
            })
    void whatIsNotHttpsIsRefused(String address) {
        assertThatThrownBy(() -> Address.check(URI.create(address)))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void credentialsInAnAddressAreRefusedAndNotRepeated() {
        assertThatThrownBy(
                        () -> Address.check(URI.create("https://ada:secret@models.example/a.gguf")))
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aRedirectNeverLeadsFromHttpsToHttp() throws Exception {
        URI from = URI.create("https://models.example/a.gguf");

        assertThat(Address.redirect(from, "/b.gguf"))
                .isEqualTo(URI.create("https://models.example/b.gguf"));
        assertThatThrownBy(() -> Address.redirect(from, "http://models.example/b.gguf"))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> Address.redirect(from, "http://127.0.0.1/b.gguf"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not https");
        assertThatThrownBy(() -> Address.redirect(from, "https://h o s t/"))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void thePlaceIsHostAndPath() throws Exception {
        assertThat(place("https://models.example/org/x%20y/Big.Q4.gguf?download=true"))
                .isEqualTo(FOLDER.resolve("models.example/org/x_y/Big.Q4.gguf"));
        assertThat(place("https://models.example:8443//a.GGUF"))
                .isEqualTo(FOLDER.resolve("models.example_8443/a.GGUF"));
    }

    @Test
    void nothingLeadsOutOfTheStore() throws Exception {
        assertThat(place("https://models.example/../../%2e%2e/..%2Fx/.hidden.gguf").normalize())
                .startsWithRaw(FOLDER.resolve("models.example"));
    }

    @Test
    void onlyGgufFilesHaveAPlace() {
        assertThatThrownBy(() -> place("https://models.example/model.zip"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(".gguf");
        assertThatThrownBy(() -> place("https://models.example/" + "x".repeat(300) + ".gguf"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("too long");
    }

    private static Path place(String address) throws StoreException {
        return Address.place(FOLDER, URI.create(address));
    }
}
