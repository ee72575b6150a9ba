package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.test.v1.Form;
import dev.tandem.test.v1.FormServiceGrpc;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Forms and files, over both HTTPs. */
class RestFormsTest {
    private static final int LIMIT = 10_000;
    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";

    private Server server;

    @BeforeEach
    void start() {
        Service service =
                Service.of(FormServiceGrpc.getServiceDescriptor())
                        .unary(FormServiceGrpc.getSendMethod(), (form, call) -> form)
                        .stream(FormServiceGrpc.getWatchMethod(), RestFormsTest::once)
                        .unary(FormServiceGrpc.getStrictMethod(), (form, call) -> form)
                        .build();
        server =
                Server.builder()
                        .service(service)
                        .maxRequestBytes(LIMIT)
                        .drainLimit(Duration.ZERO)
                        .start();
    }

    private static void once(Form form, Sink<Form> sink, Object call) {
        sink.send(form);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    POST | /f/send    | title=a+b%26%C3%A9&count=-3&ready=true | title: "a b&\\303\\251" count: -3 ready: true
                    POST | /f/send    | tags=a&tags=b&labels[x]=1      | tags: "a" tags: "b" labels { key: "x" value: "1" }
                    POST | /f/send    | inner.inner.title=x            | inner { inner { title: "x" } }
                    POST | /f/send    | raw=-_8&file.filename=a&file.content=YQ== | raw: "\\373\\377" file { filename: "a" content: "a" }
                    POST | /f/send    | right=YQ==                     | right: "a"
                    PUT  | /f/send/y  | title=x&count=1                | title: "y" count: 1
                    POST | /f/inner/t | title=x&count=1                | title: "t" inner { title: "x" count: 1 }
                    POST | /f/inner/t?ready=true | count=1             | title: "t" ready: true inner { count: 1 }
                    """)
    void aFormFillsTheRequest(String method, String path, String form, String message)
            throws Exception {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, method, path, URL_ENCODED, bytes(form));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(read(answer.text())).isEqualTo(TextFormat.parse(message, Form.class));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMultipartFormHasTextsAndFiles(Version version) {
        RawAnswer answer =
                send(
                        version,
                        "POST",
                        "/f/send",
                        MULTIPART,
                        multipart(
                                part("title", "", "x \u00e9"),
                                part("count", "", "7"),
                                part("tags", "", "a"),
                                part("tags", "", "b"),
                                part("inner.title", "", "in"),
                                part("raw", "", "-_8"),
                                part("file; filename=\"../\u00e4.png\"", "image/png", "\0\1"),
                                part("files; filename=1", "", "one"),
                                part("files; filename=2", "text/plain", "two"),
                                part("raws; filename=1", "", "one"),
                                part("inner.file; filename=n", "", "")));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Form form = read(answer.text());
        assertThat(form.getTitle()).isEqualTo("x \u00e9");
        assertThat(form.getCount()).isEqualTo(7);
        assertThat(form.getTagsList()).containsExactly("a", "b");
        assertThat(form.getInner().getTitle()).isEqualTo("in");
        assertThat(form.getInner().getFile().getFilename()).isEqualTo("n");
        assertThat(form.getRaw()).isEqualTo(ByteString.copyFromUtf8("-_8"));
        assertThat(form.getFile().getFilename()).isEqualTo("\u00e4.png");
        assertThat(form.getFile().getContentType()).isEqualTo("image/png");
        assertThat(form.getFile().getContent()).isEqualTo(ByteString.copyFromUtf8("\0\1"));
        assertThat(form.getFilesList())
                .extracting(file -> file.getFilename() + " " + file.getContentType())
                .containsExactly("1 ", "2 text/plain");
        assertThat(form.getRawsList()).containsExactly(ByteString.copyFromUtf8("one"));
    }

    @ParameterizedTest
    @EnumSource
    void formsMayBePacked(Version version) {
        byte[] packed = packed(multipart(part("file; filename=x", "", "y".repeat(LIMIT / 2))));
        RawAnswer answer =
                send(version, "POST", "/f/send", MULTIPART, packed, "content-encoding", "gzip");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(read(answer.text()).getFile().getContent().size()).isEqualTo(LIMIT / 2);
    }

    @ParameterizedTest
    @EnumSource
    void theLimitIsOneOfTheWholeForm(Version version) {
        byte[] form = multipart(part("file; filename=x", "", "y".repeat(LIMIT)));

        RawAnswer plain = send(version, "POST", "/f/send", MULTIPART, form);
        RawAnswer packed =
                send(
                        version,
                        "POST",
                        "/f/send",
                        MULTIPART,
                        packed(form),
                        "content-encoding",
                        "gzip");

        assertThat(plain.status()).isEqualTo(413);
        assertThat(plain.text()).contains("request_too_large");
        assertThat(packed.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @EnumSource
    void aFormAsksForAStream(Version version) {
        assertThat(send(version, "POST", "/f/watch", URL_ENCODED, bytes("title=x")).text())
                .startsWith("data: {\"title\":\"x\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    /f/send    | nope=1             | nope        | unknown_field
                    /f/send    | count=x            | count       | type
                    /f/send    | ready=on           | ready       | type
                    /f/send    | count=1&count=2    | count       | duplicate_key
                    /f/send    | left=1&right=YQ==  | right       | oneof
                    /f/send    | raw=*              | raw         | base64
                    /f/send    | all=x              | all         | type
                    /f/send    | files=x            | files       | type
                    /f/send    | title=xxxxxxxxxxxxxxxxxxxxx | title | string.max_len
                    /f/inner/t | count=x            | inner.count | type
                    /f/inner/t | inner.title=x&nope=1 | inner.nope | unknown_field
                    /f/send?count=1 | title=x       | count       | unknown_field
                    """)
    void fieldsThatDoNotFitAreToldAsElsewhere(String path, String form, String field, String rule) {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, "POST", path, URL_ENCODED, bytes(form));

            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(answer.text())
                    .contains("{\"field\":\"" + field + "\",\"rule\":\"" + rule + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    nope; filename=x  | unknown_field
                    title; filename=x | type
                    count             | type
                    file.nope         | unknown_field
                    all               | type
                    """)
    void partsThatDoNotFitAreTold(String name, String rule) {
        byte[] form = multipart(part(name, "", "x"));
        RawAnswer answer = send(Version.HTTP_1_1, "POST", "/f/send", MULTIPART, form);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.text()).contains("\"rule\":\"" + rule + "\"");
    }

    @ParameterizedTest
    @CsvSource({"file", "raw", "right"})
    void oneFileIsGivenOnce(String field) {
        String name = field + "; filename=x";
        byte[] form = multipart(part(name, "", "1"), part(name, "", "2"));
        RawAnswer answer = send(Version.HTTP_1_1, "POST", "/f/send", MULTIPART, form);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("{\"field\":\"" + field + "\",\"rule\":\"duplicate_key\"");
    }

    @ParameterizedTest
    @CsvSource({"file.filename", "file.content_type", "file.content"})
    void whatAFileSaysIsNotSaidBesides(String field) {
        String file = part("file; filename=x", "text/plain", "1");
        for (byte[] form :
                List.of(
                        multipart(file, part(field, "", "../x")),
                        multipart(part(field, "", "../x"), file))) {
            RawAnswer answer = send(Version.HTTP_1_1, "POST", "/f/send", MULTIPART, form);

            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(answer.text()).contains("\"rule\":\"duplicate_key\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    application/x-www-form-urlencoded | title=%zz        | 400 | malformed_form
                    application/x-www-form-urlencoded | title=%ff        | 400 | malformed_form
                    multipart/form-data; boundary=b   | --c              | 400 | malformed_form
                    multipart/form-data; boundary=b   | --b              | 400 | malformed_form
                    multipart/form-data               | --b--            | 400 | malformed_form
                    application/x-www-form-urlencoded; charset=latin1 | title=x | 415 | unsupported_media_type
                    multipart/mixed; boundary=b       | --b--            | 415 | unsupported_media_type
                    text/plain                        | title=x          | 415 | unsupported_media_type
                    """)
    void whatIsNoFormIsRefused(String type, String form, int status, String reason) {
        for (Version version : Version.values()) {
            RawAnswer answer = send(version, "POST", "/f/send", type, bytes(form));

            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            assertThat(answer.text()).contains("\"code\":\"" + reason + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"/f/strict", "/tandem.test.v1.FormService/Send"})
    void onlyBindingsOfMethodsThatSaySoTakeForms(String path) {
        RawAnswer answer = send(Version.HTTP_1_1, "POST", path, URL_ENCODED, bytes("title=x"));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text()).contains("content-type: application/json");
    }

    @ParameterizedTest
    @EnumSource
    void jsonIsReadAsEver(Version version) {
        RawAnswer answer =
                send(
                        version,
                        "POST",
                        "/f/send",
                        "application/json",
                        bytes("{\"file\":{\"filename\":\"a\",\"content\":\"YQ==\"}}"));

        assertThat(read(answer.text()).getFile().getContent().toStringUtf8()).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyFormIsARequestWithoutFields(Version version) {
        assertThat(send(version, "POST", "/f/send", MULTIPART, bytes("--b--\r\n")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void formsOfForeignPagesAreRefused(Version version) {
        RawAnswer own =
                send(
                        version,
                        "POST",
                        "/f/send",
                        URL_ENCODED,
                        bytes("title=x"),
                        "origin",
                        "http://localhost",
                        "sec-fetch-site",
                        "same-origin");
        RawAnswer foreign =
                send(
                        version,
                        "POST",
                        "/f/send",
                        URL_ENCODED,
                        bytes("title=x"),
                        "origin",
                        "http://localhost:3000",
                        "sec-fetch-site",
                        "same-site");

        assertThat(own.status()).isEqualTo(200);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.text()).contains("origin_not_allowed");
    }

    private RawAnswer send(
            Version version,
            String method,
            String path,
            String type,
            byte[] body,
            String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "content-type";
        all[1] = type;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return RawAnswer.to(version, server.port(), method, path, body, all);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String part(String name, String type, String content) {
        return "--b\r\ncontent-disposition: form-data; name="
                + name
                + (type.isEmpty() ? "" : "\r\ncontent-type: " + type)
                + "\r\n\r\n"
                + content
                + "\r\n";
    }

    private static byte[] multipart(String... parts) {
        return bytes(String.join("", parts) + "--b--\r\n");
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(target)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target.toByteArray();
    }

    private static Form read(String json) {
        try {
            return (Form)
                    new JsonCodecs(Profile.CONTRACT)
                            .of(Form.getDefaultInstance())
                            .read(bytes(json));
        } catch (JsonException e) {
            throw new AssertionError(json, e);
        }
    }
}
