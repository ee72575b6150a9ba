package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest extends RestTest {
    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/redoc"})
    void pagesMayDoLittle(String path) {
        HttpResponse<String> page = get(path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "script-src 'self' ");
        assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.body()).doesNotContain("http:", "https:", "onload", "<script>");
    }

    @ParameterizedTest
    @CsvSource({
        "/docs/swagger-ui.css, text/css; charset=utf-8",
        "/docs/swagger-ui.js, text/javascript; charset=utf-8",
        "/docs/streams.css, text/css; charset=utf-8",
        "/docs/streams.js, text/javascript; charset=utf-8",
        "/docs/start.js, text/javascript; charset=utf-8",
        "/redoc/redoc.js, text/javascript; charset=utf-8",
        "/redoc/start.js, text/javascript; charset=utf-8"
    })
    void theirFilesComeFromTheJar(String path, String type) {
        HttpResponse<String> file = get(path);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(header(file, "content-type")).isEqualTo(type);
        assertThat(header(file, "etag")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/index.html",
                "/docs/swagger-ui-bundle.js",
                "/docs/../docs.html",
                "/docs/%2e%2e/docs.html",
                "/docs/..%2fdocs.html",
                "/redoc/LICENSE",
                "/proto/tandem",
                "/proto/META-INF/MANIFEST.MF",
                "/proto/google/protobuf/any.proto"
            })
    void nothingElseIsServed(String path) {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).startsWith("{\"error\":{").contains("not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/redoc", "/proto"})
    void aSlashAtTheEndLeadsToThePage(String path) {
        HttpResponse<String> answer = get(path + "/");

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(header(answer, "location")).isEqualTo(".." + path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/docs", "/docs/start.js", "/redoc", "/proto", "/proto/descriptors.binpb"})
    void theyStandBehindTheFirstDoor(String path) {
        assertThat(send(to(path).header("origin", "https://evil.example")).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    text/html,application/xhtml+xml,*/*;q=0.8 | text/html; charset=utf-8
                    TEXT/HTML;q=0.5                           | text/html; charset=utf-8
                    */*                                       | application/json
                    application/json                          | application/json
                    text/html;q=0, */*                        | application/json
                    text/html;q=0.0                           | application/json
                    """)
    void theListIsForPeopleOrPrograms(String accept, String type) {
        HttpResponse<String> list = send(to("/proto").header("accept", accept));

        assertThat(header(list, "content-type")).isEqualTo(type);
        assertThat(header(list, "vary")).isEqualTo("Accept, Accept-Encoding");
        assertThat(list.body()).contains("tandem/test/v1/echo.proto", "tandem.test.v1.EchoService");
    }

    @Test
    void programsReadNamesAndPaths() {
        assertThat(get("/proto").body())
                .startsWith(
                        "{\"services\":[\"tandem.test.v1.EchoService\"],"
                                + "\"descriptor_set\":\"/proto/descriptors.binpb\",\"files\":[")
                .contains(
                        "{\"name\":\"google/api/http.proto\",\"path\":\"/proto/google/api/http.proto\"}");
    }

    @Test
    void filesAreServedAsTheyWereWritten() {
        HttpResponse<String> file = get("/proto/tandem/test/v1/echo.proto");

        assertThat(header(file, "content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(file.body()).startsWith("// A service for tests of the REST wire");
    }

    @Test
    void everyFileThatAFileNeedsIsServed() {
        List<String> imports =
                get("/proto/tandem/test/v1/echo.proto")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("import "))
                        .map(line -> line.replaceAll(".*\"(.*)\".*", "$1"))
                        .toList();

        assertThat(imports)
                .hasSize(4)
                .allSatisfy(name -> assertThat(get("/proto/" + name).statusCode()).isEqualTo(200));
    }

    @Test
    void theDescriptorSetHasCommentsAndImportsBeforeThoseWhoImportThem() throws Exception {
        FileDescriptorSet set = descriptorSet();

        List<String> names = set.getFileList().stream().map(FileDescriptorProto::getName).toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("tandem/test/v1/echo.proto", "google/rpc/error_details.proto");
        assertThat(set.getFileList())
                .filteredOn(file -> !file.hasSourceCodeInfo())
                .extracting(FileDescriptorProto::getName)
                .containsExactly("google/rpc/error_details.proto"); // its text is at /proto
        for (FileDescriptorProto file : set.getFileList()) {
            assertThat(names.subList(0, names.indexOf(file.getName())))
                    .containsAll(file.getDependencyList());
        }
    }

    private FileDescriptorSet descriptorSet()
            throws IOException, InterruptedException, InvalidProtocolBufferException {
        HttpResponse<byte[]> answer =
                client.send(to("/proto/descriptors.binpb").build(), BodyHandlers.ofByteArray());
        assertThat(header(answer, "content-type")).isEqualTo("application/x-protobuf");
        return FileDescriptorSet.parseFrom(answer.body());
    }

    @Test
    void aServerCanKeepSilentAboutItself() {
        ServerBuilder silent = Server.builder().service(echo.service()).documentation(false);
        try (Server other = silent.start()) {
            for (String path : List.of("/docs", "/redoc", "/proto", "/docs/start.js")) {
                assertThat(send(at(other, path)).statusCode()).isEqualTo(404);
            }
        }
    }

    @Test
    void anApplicationsOwnPageGoesFirst() {
        Consumer<HttpRouting.Builder> own =
                pages -> pages.get("/docs", (request, response) -> response.send("ours"));
        try (Server other = Server.builder().routes(own).start()) {
            assertThat(send(at(other, "/docs")).body()).isEqualTo("ours");
        }
    }

    private static HttpRequest.Builder at(Server server, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }
}
