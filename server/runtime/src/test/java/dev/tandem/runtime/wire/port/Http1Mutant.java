package dev.tandem.runtime.wire.port;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Requests of HTTP/1.1 that were good before a few bytes were changed. The same for the same seed.
 */
@SuppressWarnings("StringConcatToTextBlock") // the bytes with their line ends are the point
final class Http1Mutant {
    private static final List<String> GOOD =
            List.of(
                    "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /a/b%20c?d=e&f HTTP/1.1\r\nHost: x:80\r\nAccept: */*\r\nA:\tb \r\n\r\n",
                    "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world",
                    "POST /a HTTP/1.1\r\nContent-Length: 0\r\nHost: [::1]:8080\r\n\r\n",
                    "PUT http://y:1/a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab",
                    "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nhello\r\n6;a=b;c=\"d\"\r\n world\r\n0\r\nE: f\r\n\r\n",
                    "POST /d HTTP/1.1\r\nTRANSFER-ENCODING: CHUNKED\r\nhost: x\r\n\r\n"
                            + "00A\r\n0\r\n\r\nGET /\r\n0\r\n\r\n",
                    "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, x\r\n\r\n",
                    "\r\nDELETE /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    private static final List<String> PIECES =
            List.of(
                    "\r",
                    "\n",
                    "\r\n",
                    "\r\n\r\n",
                    "\n\n",
                    " ",
                    "\t",
                    "\u0000",
                    "\u00ff",
                    ":",
                    ";",
                    ",",
                    "%",
                    "%zz",
                    "#",
                    "\"",
                    "0",
                    "5",
                    "f",
                    "+",
                    "-",
                    "chunked",
                    "Chunked,",
                    "Content-Length: 3\r\n",
                    "Content_Length: 3\r\n",
                    "Content-Length:\r\n",
                    "\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: gzip\r\n",
                    "Host: y\r\n",
                    "HTTP/1.0",
                    "HTTP/1.1",
                    "0\r\n\r\n",
                    "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
                    "Expect: 100-continue\r\n",
                    "1\r\nz\r\n",
                    " folded: yes\r\n",
                    "Connection: close\r\n",
                    "http://");

    private Http1Mutant() {}

    static String of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder request = new StringBuilder(GOOD.get(random.nextInt(GOOD.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            mutate(request, random);
        }
        return request.toString();
    }

    private static void mutate(StringBuilder request, SplittableRandom random) {
        int at = random.nextInt(request.length());
        int end = Math.min(request.length(), at + random.nextInt(1, 8));
        switch (random.nextInt(5)) {
            case 0 -> request.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 1 -> request.setCharAt(at, (char) random.nextInt(256));
            case 2 -> request.insert(random.nextInt(request.length()), request.substring(at, end));
            case 3 -> {
                if (end - at < request.length()) {
                    request.delete(at, end);
                }
            }
            default -> request.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        }
    }
}
