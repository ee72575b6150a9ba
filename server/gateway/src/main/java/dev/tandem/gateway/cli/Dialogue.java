package dev.tandem.gateway.cli;

import io.grpc.StatusException;
import java.io.IOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A conversation on a terminal. Its history lives as long as it does. */
final class Dialogue {
    private final Screen screen;
    private final Conversation conversation;
    private final Connection connection;

    Dialogue(Screen screen, Conversation conversation, Connection connection) {
        this.screen = screen;
        this.conversation = conversation;
        this.connection = connection;
    }

    /** Runs until Ctrl-D, or Ctrl-C on an empty line. */
    void run() throws IOException, InterruptedException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            terminal.handle(Terminal.Signal.INT, _ -> conversation.stop());
            LineReader lines =
                    LineReaderBuilder.builder()
                            .terminal(terminal)
                            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                            .build();
            while (turn(terminal, lines)) {
                terminal.flush();
            }
        }
    }

    private boolean turn(Terminal terminal, LineReader lines) throws InterruptedException {
        String question;
        try {
            question = lines.readLine("> ").strip();
        } catch (EndOfFileException e) {
            return false;
        } catch (UserInterruptException e) {
            return !e.getPartialLine().isEmpty();
        }
        if (!question.isEmpty()) {
            answer(terminal, question);
        }
        return true;
    }

    private void answer(Terminal terminal, String question) throws InterruptedException {
        try {
            conversation.ask(
                    question,
                    piece -> {
                        terminal.writer().print(screen.printable(piece));
                        terminal.flush();
                    });
        } catch (StatusException e) {
            terminal.writer().print(connection.explained(e).getMessage());
        }
        terminal.writer().println();
    }
}
