package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.ServedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with code that is run word for word, but for the server's address.
 *
 * @param text the whole page
 */
record DocsPage(String text) {
    private static final String ADDRESS = "127.0.0.1:8080";

    /** A page of the documentation. */
    static DocsPage of(String name) throws IOException {
        return new DocsPage(Files.readString(Path.of("..", "..", "docs", name)));
    }

    /** The code behind {@code <!-- tested: NAME -->}, for this server. */
    String block(String name, ServedGateway server) {
        Matcher block =
                Pattern.compile(
                                "<!-- tested: " + Pattern.quote(name) + " -->\n```\\w+\n(.*?)```",
                                Pattern.DOTALL)
                        .matcher(text);
        assertThat(block.find()).as(name).isTrue();
        return block.group(1).replace(ADDRESS, server.address());
    }
}
