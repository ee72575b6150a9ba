package dev.tandem.transcoding.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {
    private static final FormType.Multipart TYPE = new FormType.Multipart("b");

    @Test
    void aTextAndAFile() throws FormException {
        List<Part> parts =
                parsed(
                        """
                        --b
                        Content-Disposition: form-data; name="title"

                        one
                        two
                        --b
                        content-disposition: form-data; name="file"; filename="a.png"
                        Content-Type: image/png

                        \u00e9

                        --b--
                        """);

        assertThat(parts)
                .containsExactly(
                        new Part("title", null, "", ByteString.copyFromUtf8("one\r\ntwo")),
                        new Part(
                                "file",
                                "a.png",
                                "image/png",
                                ByteString.copyFromUtf8("\u00e9\r\n")));
    }

    @Test
    void whatStandsBeforeAndBehindIsPassedOver() throws FormException {
        assertThat(
                        parsed(
                                """
                                For readers of e-mail.
                                --b \t
                                content-disposition: form-data; name=x

                                1
                                --b--
                                --b
                                the rest
                                """))
                .containsExactly(part("x", "1"));
    }

    @Test
    void partsMayBeEmpty() throws FormException {
        assertThat(parsed("--b\ncontent-disposition: form-data; name=x\n\n\n--b--"))
                .containsExactly(part("x", ""));
        assertThat(parsed("--b\ncontent-disposition: form-data; name=x\n\n--b--"))
                .containsExactly(part("x", ""));
    }

    @Test
    void aFormMayBeEmpty() throws FormException {
        assertThat(parsed("--b--\n")).isEmpty();
    }

    @Test
    void aFileThatWasNotChosenIsNoPart() throws FormException {
        assertThat(
                        parsed(
                                """
                                --b
                                content-disposition: form-data; name="f"; filename=""
                                content-type: application/octet-stream


                                --b--
                                """))
                .isEmpty();
    }

    @Test
    void whatLooksLikeABoundaryWithinALineIsContent() throws FormException {
        assertThat(parsed("--b\ncontent-disposition: form-data; name=x\n\na--b--\n-- b\n--b--"))
                .containsExactly(part("x", "a--b--\r\n-- b"));
    }

    @Test
    void anyBytesComeThrough() throws FormException {
        byte[] content = new byte[100_000];
        new Random(7).nextBytes(content);
        ByteString body =
                ByteString.copyFromUtf8(
                                "--b\r\ncontent-disposition: form-data; name=x; filename=y\r\n\r\n")
                        .concat(ByteString.copyFrom(content))
                        .concat(ByteString.copyFromUtf8("\r\n--b--\r\n"));

        assertThat(MultipartForm.parse(body.toByteArray(), TYPE).getFirst().content())
                .isEqualTo(ByteString.copyFrom(content));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    "a b.txt"          | a b.txt
                    "\u00e4.txt"       | \u00e4.txt
                    "a;b=c.txt"        | a;b=c.txt
                    "a\\"b"            | a"b
                    "a%22b"            | a"b
                    "100%.txt"         | 100%.txt
                    "a\\\\b"           | b
                    "C:\\dir\\a.txt"   | a.txt
                    "../../etc/passwd" | passwd
                    ".."               | ~~
                    plain.txt          | plain.txt
                    """)
    void namesOfFiles(String sent, String read) throws FormException {
        assertThat(
                        parsed(
                                        "--b\ncontent-disposition: form-data; name=f; filename="
                                                + sent
                                                + "\n\nx\n--b--")
                                .getFirst()
                                .filename())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    ~~                                                             | does not have the boundary
                    x                                                              | does not have the boundary
                    --b                                                            | ends without the boundary
                    --b-                                                           | ends without the boundary
                    --b/                                                           | part 1 are missing
                    --b/content-disposition: form-data; name=x                     | part 1 are missing
                    --b/content-disposition: form-data; name=x//1                  | ends without the boundary
                    --b/content-disposition: form-data; name=x//1/--b              | ends without the boundary
                    --b/content-disposition: form-data; name=x//1/--bc/--b--       | goes on
                    --b/content-disposition: form-data; name=x//1/--b--c/--b--     | goes on
                    --b--c/--b--                                                   | goes on
                    --b/--b--                                                      | part 1 are missing
                    --b//1/--b--                                                   | Part 1 of the form has no content-disposition
                    --b/x: y//1/--b--                                              | no content-disposition
                    --b/content-disposition: form-data; name=x/--b//1/--b--        | no header
                    --b/content-disposition: form-data; name=x/ folded: x//1/--b-- | no header
                    --b/content-disposition: attachment; name=x//1/--b--           | must say whose it is
                    --b/content-disposition: form-data; filename=x//1/--b--        | must say whose it is
                    --b/content-disposition: form-data; name="x//1/--b--           | cannot be read
                    --b/content-disposition: form-data; name=x; name=y//1/--b--    | cannot be read
                    --b/content-disposition: form-data; name=x y//1/--b--          | cannot be read
                    --b/content-disposition: form-data; name="x"y//1/--b--         | cannot be read
                    --b/content-disposition: form-data; name=x/content-disposition: form-data; name=y//1/--b-- | header content-disposition twice
                    --b/content-disposition: form-data; name=x; filename*=utf-8''a//1/--b-- | send filename in UTF-8
                    --b/content-disposition: form-data; name=x/content-transfer-encoding: base64//1/--b-- | is encoded
                    --b/content-disposition: form-data; name=x/content-type: none//1/--b-- | content-type that is none
                    --b/content-disposition: form-data; name=x/content-type: multipart/mixed; boundary=c//1/--b-- | has parts of its own
                    """)
    void whatIsNoFormIsRefusedWithTheReason(String body, String reason) {
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() ->
                        parsed(
                                body.replace("multipart/mixed", "multipart\0mixed")
                                        .replace('/', '\n')
                                        .replace('\0', '/')))
                .withMessageContaining(reason);
    }

    @Test
    void linesEndWithBoth() {
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() ->
                        MultipartForm.parse(
                                "--b\ncontent-disposition: form-data; name=x\n\n1\n--b--"
                                        .getBytes(StandardCharsets.UTF_8),
                                TYPE));
    }

    @Test
    void headersAreUtf8WithoutControlCharacters() {
        byte[] latin =
                "--b\r\ncontent-disposition: form-data; name=\u00e4\r\n\r\n1\r\n--b--"
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> MultipartForm.parse(latin, TYPE))
                .withMessageContaining("no UTF-8");
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() ->
                        parsed("--b\ncontent-disposition: form-data; name=\"a\0\"\n\n1\n--b--"))
                .withMessageContaining("control characters");
    }

    @Test
    void headsAreBounded() {
        String long1 = "--b\ncontent-disposition: form-data; name=" + "x".repeat(8192);
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> parsed(long1 + "\n\n1\n--b--"))
                .withMessageContaining("longer than 8192 bytes");
    }

    @Test
    void partsAreCounted() throws FormException {
        String part = "--b\ncontent-disposition: form-data; name=x\n\n1\n";

        assertThat(parsed(part.repeat(MultipartForm.MOST_PARTS) + "--b--")).hasSize(1000);
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> parsed(part.repeat(MultipartForm.MOST_PARTS + 1) + "--b--"))
                .withMessageContaining("more than 1000 parts");
    }

    @Test
    void aBodyCutAnywhereIsNoForm() {
        String whole =
                """
                --b
                content-disposition: form-data; name="x"; filename="y"
                content-type: text/plain

                some text
                --b--\
                """
                        .replace("\n", "\r\n");
        for (int length = 0; length < whole.length(); length++) {
            byte[] cut = whole.substring(0, length).getBytes(StandardCharsets.UTF_8);
            assertThatExceptionOfType(FormException.class)
                    .as(whole.substring(0, length))
                    .isThrownBy(() -> MultipartForm.parse(cut, TYPE));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    multipart/form-data; boundary=abc                  | Multipart[boundary=abc]
                    Multipart/Form-Data;boundary="a b'()+_,./:=?"      | Multipart[boundary=a b'()+_,./:=?]
                    multipart/form-data; charset=UTF-8; boundary=x;    | Multipart[boundary=x]
                    application/x-www-form-urlencoded                  | UrlEncoded[]
                    application/x-www-form-urlencoded; charset="utf-8" | UrlEncoded[]
                    """)
    void typesOfForms(String contentType, String type) throws FormException {
        assertThat(FormType.of(contentType)).hasToString("Optional[" + type + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "multipart/mixed; boundary=x",
                "text/plain",
                "application/x-www-form-urlencoded; charset=latin1"
            })
    void otherTypesAreNone(String contentType) throws FormException {
        assertThat(FormType.of(contentType)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"a \"",
                "multipart/form-data; boundary=a; boundary=b",
                "multipart/form-data; boundary=\"a\\\"b\"",
                "multipart/form-data; boundary=\"a",
                "multipart/form-data; boundary"
            })
    void aMultipartFormNeedsItsBoundary(String contentType) {
        assertThatExceptionOfType(FormException.class).isThrownBy(() -> FormType.of(contentType));
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> FormType.of("multipart/form-data; boundary=" + "x".repeat(71)));
    }

    private static Part part(String name, String content) {
        return new Part(name, null, "", ByteString.copyFromUtf8(content));
    }

    private static List<Part> parsed(String body) throws FormException {
        return MultipartForm.parse(
                body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), TYPE);
    }
}
