package dev.tandem.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebPageTest extends RestTest {
    private final AtomicInteger made = new AtomicInteger();

    @Override
    ServerBuilder configured(ServerBuilder builder) {
        return super.configured(builder)
                .routes(
                        WebPage.at("/", "default-src 'self'", () -> "<p>hällo".getBytes(UTF_8))
                                .file("/own/a.mjs", () -> text("let a;" + made.incrementAndGet()))
                                .file("/own/a.css", () -> text("a{}"))
                                .file("/own/a.svg", () -> text("<svg/>"))
                                .libraryFile(
                                        "/own/ui.css", "org.webjars:swagger-ui", "swagger-ui.css"));
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void thePageHasThePolicyThatIsGiven() {
        HttpResponse<String> page = get("/");

        assertThat(page.body()).isEqualTo("<p>hällo");
        assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "content-security-policy")).isEqualTo("default-src 'self'");
        assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(page, "etag")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/own/a.mjs, text/javascript; charset=utf-8, let a;1",
        "/own/a.css, text/css; charset=utf-8, a{}",
        "/own/a.svg, image/svg+xml, <svg/>"
    })
    void filesHaveTheTypeOfTheirEnding(String path, String type, String body) {
        get(path);
        HttpResponse<String> file = get(path);

        assertThat(header(file, "content-type")).isEqualTo(type);
        assertThat(header(file, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(file.body()).as("made once").isEqualTo(body);
    }

    @Test
    void librariesComeFromTheirJar() {
        assertThat(get("/own/ui.css").body()).contains(".swagger-ui");
    }

    @Test
    void aFileWithoutAKnownTypeIsRefusedAtOnce() {
        WebPage page = WebPage.at("/", "", () -> new byte[0]);

        assertThatThrownBy(() -> page.file("/x.exe", () -> new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("/x.exe must end with one of [css, html, js, mjs, svg]");
    }

    @Test
    void aLibraryNeedsItsGroup() {
        WebPage page = WebPage.at("/", "", () -> new byte[0]);

        assertThatThrownBy(() -> page.libraryFile("/x.css", "swagger-ui", "x.css"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("swagger-ui must be a group and an artifact");
    }
}
