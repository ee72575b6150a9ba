package dev.tandem.gateway.cli;

import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.Role;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Talks with a model from the terminal. */
@Command(
        name = "chat",
        description = {
            "Talks with a model of a running server; answers stream over gRPC.",
            "With a question: asks it and ends. With piped input: asks that. Else: a conversation, in which"
                    + " Ctrl-C stops an answer and Ctrl-D ends."
        },
        mixinStandardHelpOptions = true)
final class Chat implements Callable<Integer> {
    private static final int MOST_PIPED_BYTES = 1 << 20;

    private final Screen screen;
    @Mixin private final Target target = new Target();

    @Option(names = "--model", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}.")
    private String model = "default";

    @Option(names = "--system", paramLabel = "TEXT", description = "Instructions for the model.")
    private @Nullable String system;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "How freely to answer, 0 to 2. Default: the server's.")
    private @Nullable Double temperature;

    @Parameters(arity = "0..*", paramLabel = "QUESTION", description = "What to ask.")
    private List<String> question = List.of();

    Chat(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws CommandException, IOException, InterruptedException {
        try (Connection connection = target.connect()) {
            Conversation conversation = new Conversation(connection.channel(), beginning());
            if (!question.isEmpty()) {
                once(conversation, String.join(" ", question), connection);
            } else if (screen.terminal()) {
                new Dialogue(screen, conversation, connection).run();
            } else {
                once(conversation, piped(), connection);
            }
            return 0;
        }
    }

    private ChatRequest beginning() {
        ChatRequest.Builder request = ChatRequest.newBuilder().setModel(model);
        if (system != null) {
            request.addMessages(Conversation.message(Role.ROLE_SYSTEM, system));
        }
        if (temperature != null) {
            request.setTemperature(temperature);
        }
        return request.build();
    }

    private void once(Conversation conversation, String text, Connection connection)
            throws CommandException, InterruptedException {
        try {
            conversation.ask(text, this::show);
            screen.out().println();
        } catch (StatusException e) {
            throw connection.explained(e);
        }
    }

    private void show(String piece) {
        screen.out().print(screen.printable(piece));
        screen.out().flush();
    }

    private static String piped() throws IOException, CommandException {
        byte[] input = System.in.readNBytes(MOST_PIPED_BYTES);
        String text =
                new String(input, Charset.forName(System.getProperty("stdin.encoding", "UTF-8")))
                        .strip();
        if (text.isEmpty()) {
            throw new CommandException("There is nothing to ask: the input is empty.");
        }
        if (input.length == MOST_PIPED_BYTES) {
            throw new CommandException("The input is longer than a million characters.");
        }
        return text;
    }
}
