package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import dev.tandem.testtools.ServedGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connect's client for Node, with messages that are generated as docs/sdks.md has it. */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OneServer.class)
class ConnectIT {
    private static final Path DOCS = Path.of("..", "..", "docs", "sdks.md");

    private final ServedGateway server;

    ConnectIT(ServedGateway server) {
        this.server = server;
    }

    @Test
    void connectIsContent() throws Exception {
        Path folder = Installs.npm(Path.of("src", "test", "connect"));
        Command.of("sh", "-ec", generate().replace("127.0.0.1:8080", server.address()))
                .in(folder)
                .output();

        assertThat(
                        Command.of("node", "connect.js", "http://" + server.address())
                                .in(folder)
                                .output())
                .contains("connect is content, in 10 ways");
    }

    private static String generate() throws Exception {
        Matcher block =
                Pattern.compile("<!-- tested: generate -->\n```sh\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(DOCS));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
