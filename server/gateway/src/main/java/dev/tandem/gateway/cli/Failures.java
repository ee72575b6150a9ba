package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.SettingsException;
import dev.tandem.store.StoreException;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Ends a command: what is foreseen as a sentence, a defect with all that is known of it. */
final class Failures implements IExecutionExceptionHandler {
    private final PrintWriter err;

    Failures(PrintWriter err) {
        this.err = err;
    }

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        switch (failure) {
            case SettingsException settings -> {
                settings.problems().forEach(err::println);
                return Tandem.WRONG_USE;
            }
            case CommandException _, StoreException _ -> err.println(failure.getMessage());
            case StatusException status -> err.println(worded(status.getStatus()));
            case InterruptedException _ -> err.println("Stopped.");
            default -> {
                err.println("This is a defect of tandem; please report it with what follows.");
                failure.printStackTrace(err);
            }
        }
        return Tandem.FAILED;
    }

    /** As the server words it. */
    static String worded(Status status) {
        String text = status.getDescription();
        return text == null || text.isBlank() ? "The call failed: " + status.getCode() + "." : text;
    }
}
