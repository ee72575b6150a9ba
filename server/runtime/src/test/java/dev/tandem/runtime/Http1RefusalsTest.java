package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no HTTP/1.1, byte by byte, and what is answered to it. */
class Http1RefusalsTest extends MirrorTest {
    private static final String BAD = "bad_request";
    private static final String PATH = "invalid_path";
    private static final String VERSION = "http_version_not_supported";
    private static final String CONTINUE = "Expect: 100-continue\r\n";
    private static final String FORM = "its first line is not";

    static Stream<Arguments> lines() {
        return Stream.of(
                first("get /health HTTP/1.1", 501, "unimplemented", "no HTTP method get"),
                first("Get /health HTTP/1.1", 501, "unimplemented", "in capitals"),
                first("CONNECT localhost:80 HTTP/1.1", 501, "unimplemented", "no proxy"),
                first("GE(T /health HTTP/1.1", 400, BAD, FORM),
                first("GE\u0000T /health HTTP/1.1", 400, BAD, FORM),
                first("GET: /health HTTP/1.1", 400, BAD, FORM),
                first("G\u00c9T /health HTTP/1.1", 400, BAD, FORM),
                first(" GET /health HTTP/1.1", 400, BAD, "begins with the byte 0x20"),
                first("\u0016\u0003\u0001\u0002", 400, BAD, "speaks no TLS; use http://"),
                first("\u0016\u0002\u0001\u0002", 400, BAD, "is the scheme right?"),
                first("GET  /health HTTP/1.1", 400, BAD, FORM),
                first("GET /health  HTTP/1.1", 400, BAD, FORM),
                first("GET /health HTTP/1.1 ", 400, BAD, FORM),
                first("GET\t/health HTTP/1.1", 400, BAD, FORM),
                first("GET /health\tHTTP/1.1", 400, BAD, FORM),
                first("GET /health", 400, BAD, FORM),
                first("GET", 400, BAD, FORM),
                first("GET /health http/1.1", 400, BAD, FORM),
                first("GET /health HTTP/", 400, BAD, FORM),
                first("GET /health HTTP/1.1x", 400, BAD, FORM),
                first("GET /health FTP/1.1", 400, BAD, FORM),
                first("GET /health HTTP/1.0", 505, VERSION, "not HTTP/1.0; behind nginx"),
                first("POST /health HTTP/1.0\r\nTransfer-Encoding: chunked", 505, VERSION, "1.0"),
                first("POST /health HTTP/1.0\r\nContent-Length: 5", 505, VERSION, "not HTTP/1.0"),
                first("GET /health HTTP/1.2", 505, VERSION, "not HTTP/1.2"),
                first("GET /health HTTP/0.9", 505, VERSION, "not HTTP/0.9"),
                first("GET /health HTTP/2.0", 505, VERSION, "not HTTP/2.0"),
                first("GET /health HTTP/2", 505, VERSION, "not HTTP/2;"),
                first("GET /health HTTP/11.1", 505, VERSION, "not HTTP/11.1"),
                first("PRI * HTTP/2.0", 505, VERSION, "not HTTP/2.0"),
                first("GET health HTTP/1.1", 400, PATH, "begin with / or http://"),
                first("GET * HTTP/1.1", 400, PATH, "only OPTIONS"),
                first("GET ftp://localhost/health HTTP/1.1", 400, PATH, "begin with / or http"),
                first("GET http:/localhost/health HTTP/1.1", 400, PATH, "begin with /"),
                first("GET http:///health HTTP/1.1", 400, BAD, "its host is not"),
                first("GET http://a@localhost/health HTTP/1.1", 400, BAD, "its host is not"),
                first("GET /health#part HTTP/1.1", 400, PATH, "Encode the \\\"#\\\""),
                first("GET /he\u00ffalth HTTP/1.1", 400, PATH, "Encode the 0xff"),
                first("GET /he\u0000alth HTTP/1.1", 400, PATH, "Encode the 0x00"),
                first("GET /he\u007falth HTTP/1.1", 400, PATH, "Encode the 0x7f"),
                first("GET /he|lth HTTP/1.1", 400, PATH, "Encode the \\\"|\\\""),
                first("GET /he\\lth HTTP/1.1", 400, PATH, "must be percent-encoded UTF-8."),
                first("GET /%zz HTTP/1.1", 400, PATH, "must be percent-encoded UTF-8."),
                first("GET /% HTTP/1.1", 400, PATH, "must be percent-encoded UTF-8."),
                first("GET /%4 HTTP/1.1", 400, PATH, "must be percent-encoded UTF-8."),
                first("GET /m/show?te\u00ffxt=1 HTTP/1.1", 400, "invalid_query", "0xff"),
                first("GET /m/show?text=1#2 HTTP/1.1", 400, "invalid_query", "\\\"#\\\""),
                first("GET /health\rX HTTP/1.1", 400, PATH, "0x0d"),
                first("GET /" + "a".repeat(9000) + " HTTP/1.1", 414, "uri_too_long", "8192 bytes"),
                first("\r\n\r\nGET /health HTTP/1.1\r\n", 400, BAD, "no Host"));
    }

    private static Arguments first(String line, int status, String code, String message) {
        String host = line.startsWith("\r\n") ? "" : "Host: localhost\r\n";
        return Arguments.of(line + "\r\n" + host + "\r\n", status, code, message);
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                head("", 400, BAD, "no Host header"),
                head("Host: a\r\nHost: a\r\n", 400, BAD, "several Host"),
                head("Host:\r\n", 400, BAD, "its host is not"),
                head("Host: a b\r\n", 400, BAD, "its host is not"),
                head("Host: a/b\r\n", 400, BAD, "its host is not"),
                head("Host: a@b\r\n", 400, BAD, "its host is not"),
                head("Host: a:x\r\n", 400, BAD, "its host is not"),
                head("Host: a:123456\r\n", 400, BAD, "its host is not"),
                head("Host: [::1\r\n", 400, BAD, "its host is not"),
                head("Host: a, b\r\n", 400, BAD, "its host is not"),
                with("Host : a", 400, BAD, "0x20 stands in a header's name"),
                with("A b: c", 400, BAD, "0x20 stands in a header's name"),
                with(" folded: yes", 400, BAD, "goes on in the next line"),
                with("A: b\r\n\tc", 400, BAD, "goes on in the next line"),
                with("nothing", 400, BAD, "no colon"),
                with(": nothing", 400, BAD, "no name"),
                with("A(b): c", 400, BAD, "\\\"(\\\" stands in a header's name"),
                with("\u00c4: c", 400, BAD, "0xc4 stands in a header's name"),
                with("A: b\u0000c", 400, BAD, "0x00 stands in a header's value"),
                with("A: b\rc", 400, BAD, "0x0d stands in a header's value"),
                with("A: b\u000bc", 400, BAD, "0x0b stands in a header's value"),
                with("A: b\u007fc", 400, BAD, "0x7f stands in a header's value"),
                with("A: b\r", 400, BAD, "0x0d stands in a header's value"),
                with("A: b\nC: d", 400, BAD, "ends with LF alone"),
                with("A: b\n", 400, BAD, "ends with LF alone"),
                with("Expect: 200-ok", 417, "expectation_failed", "100-continue"),
                with("Expect:", 417, "expectation_failed", "100-continue"),
                with("Expect: 100-continue, 100-continue", 417, "expectation_failed", "one"),
                with("Expect: 100-continue;a=b", 417, "expectation_failed", "100-continue"),
                with(CONTINUE + "Content-Length: 5\r\nTransfer-Encoding: chunked", 400, BAD, "one"),
                with(CONTINUE + "Transfer-Encoding: chunked\r\nContent-Length: 5", 400, BAD, "one"),
                with(CONTINUE + "Content-Length: +5", 400, BAD, "not a number in digits"),
                with(CONTINUE + "Transfer-Encoding: gzip", 501, "unimplemented", "chunked"),
                with("Expect: 101\r\nContent-Length: 5", 417, "expectation_failed", "100-continue"),
                with("Expect: 101\r\nTransfer-Encoding: chunked", 417, "expectation_failed", ""),
                with("Content-Length: +5", 400, BAD, "not a number in digits"),
                with("Content-Length: -5", 400, BAD, "not a number in digits"),
                with("Content-Length: -0", 400, BAD, "not a number in digits"),
                with("Content-Length: 0x5", 400, BAD, "not a number in digits"),
                with("Content-Length: 5 5", 400, BAD, "not a number in digits"),
                with("Content-Length:  5 5", 400, BAD, "not a number in digits"),
                with("Content-Length: 5\t5", 400, BAD, "not a number in digits"),
                with("Content-Length: 5, 5", 400, BAD, "not a number in digits"),
                with("Content-Length: 5.0", 400, BAD, "not a number in digits"),
                with("Content-Length: five", 400, BAD, "not a number in digits"),
                with("Content-Length: \u00b2", 400, BAD, "not a number in digits"),
                with("Content-Length:", 400, BAD, "Content-Length is empty"),
                with("Content-Length: 5\r\nContent-Length: 6", 400, BAD, "several Content-L"),
                with("Content-Length: 5\r\ncontent-length: 5", 400, BAD, "several Content-L"),
                with("Content-Length: 99999999999999999999", 413, "request_too_large", "100000"),
                with("Content-Length: 9223372036854775807", 413, "request_too_large", "100000"),
                with("Content-Length: 17000000", 413, "request_too_large", "the 100000 bytes"),
                with("Content-Length: 5\r\nTransfer-Encoding: chunked", 400, BAD, "send one of"),
                with("Transfer-Encoding: chunked\r\nContent-Length: 5", 400, BAD, "send one of"),
                with("Transfer-Encoding: chunked\r\nContent-Length: 0", 400, BAD, "send one of"),
                with("Transfer-Encoding: chunked, chunked", 400, BAD, "behind chunked"),
                with(
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                        400,
                        BAD,
                        "behind"),
                with("Transfer-Encoding: chunked, gzip", 400, BAD, "behind chunked"),
                with("Transfer-Encoding: chunked,", 400, BAD, "behind chunked"),
                with("Transfer-Encoding: ,chunked", 400, BAD, "an empty name"),
                with("Transfer-Encoding:", 400, BAD, "an empty name"),
                with("Transfer-Encoding: \u000bchunked", 400, BAD, "0x0b"),
                with("Transfer-Encoding : chunked", 400, BAD, "0x20 stands in a header's name"),
                with("Transfer-Encoding\t: chunked", 400, BAD, "0x09 stands in a header's name"),
                with("Content-Length\t: 5", 400, BAD, "0x09 stands in a header's name"),
                with("Content-Length:\r\n 5", 400, BAD, "Content-Length is empty"),
                with("Content-Length: 5\r\n\t0", 400, BAD, "goes on in the next line"),
                with("Content-Length: 5\r\n Transfer-Encoding: chunked", 400, BAD, "next line"),
                with("Content_Length: 5", 400, BAD, "its Content_Length; write Content-Length"),
                with("content_length: 5\r\nContent-Length: 5", 400, BAD, "Content_Length"),
                with("Transfer_Encoding: chunked", 400, BAD, "its Transfer_Encoding; write"),
                with("Content-Length: 5\r\ntransfer_encoding: chunked", 400, BAD, "its Tran"),
                with("Transfer-Encoding\r\n : chunked", 400, BAD, "no colon"),
                with("Transfer-Encoding:\r\n chunked", 400, BAD, ""),
                with("Transfer-Encoding: gzip, chunked", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: gzip", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: identity", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: xchunked", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: x-chunked", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: chunked;q=1", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: chunked ;q=1", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: chunked identity", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: identity, chunked", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: chunkedx", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: \"chunked\"", 501, "unimplemented", "chunked"),
                with("Transfer-Encoding: chunked;a=b", 501, "unimplemented", "chunked"),
                with("A: " + "b".repeat(33_000), 431, "headers_too_large", "32768 bytes"),
                with("A: b\r\n".repeat(110) + "C: d", 431, "headers_too_large", "100 headers"));
    }

    private static Arguments with(String field, int status, String code, String message) {
        return head("Host: localhost\r\n" + field + "\r\n", status, code, message);
    }

    private static Arguments head(String fields, int status, String code, String message) {
        return Arguments.of("POST /health HTTP/1.1\r\n" + fields + "\r\n", status, code, message);
    }

    @ParameterizedTest
    @MethodSource({"lines", "heads"})
    void isAnsweredAndTheConnectionEnds(String request, int status, String code, String message) {
        String answer = RawHttp.exchange(server.port(), request);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("\r\nconnection: close\r\n")
                .contains("\r\nContent-Type: application/json\r\n")
                .contains("\"code\":\"" + code + "\"", message, "\"request_id\":\"req_");
        assertThat(answer.split("HTTP/1.1 \\d", -1)).as("one answer").hasSize(2);
    }

    /** A second request behind one that is refused is never read as a request. */
    @ParameterizedTest
    @MethodSource({"lines", "heads"})
    void hidesNoOtherRequest(String request, int status, String code, String message) {
        String answer =
                RawHttp.exchange(
                        server.port(), request + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("HTTP/1.1 200");
    }

    @ParameterizedTest
    @MethodSource({"lines", "heads"})
    void isAnsweredAlikeWhenItComesByteByByte(
            String request, int status, String code, String message) {
        if (request.length() > 200) {
            return; // the same bytes, many times
        }
        try (RawHttp http = new RawHttp(server.port())) {
            http.sendBytewise(request);
            assertThat(http.readAll())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("\"code\":\"" + code + "\"", message);
        }
    }
}
