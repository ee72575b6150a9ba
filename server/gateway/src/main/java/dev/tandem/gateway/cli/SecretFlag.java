package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.key.Setting;
import dev.tandem.gateway.config.source.Sources;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What stands in place of a flag with a secret: every user of a machine sees the command lines of
 * all processes. It says where the secret goes instead, and never repeats it.
 */
final class SecretFlag implements IParameterConsumer {
    private final String advice;

    private SecretFlag(Setting<?> setting) {
        String file = setting.variables().getLast();
        advice =
                "%s would show a secret to every user of this machine; set %s, or %s (%s) to a file with it, or %s in %s."
                        .formatted(
                                setting.flag(),
                                setting.variable(),
                                file,
                                Sources.flagOf(file),
                                setting.path(),
                                Sources.FILE);
    }

    /** Hidden, with one value. */
    static OptionSpec of(Setting<?> setting) {
        return OptionSpec.builder(setting.flag())
                .arity("1")
                .type(String.class)
                .hidden(true)
                .parameterConsumer(new SecretFlag(setting))
                .build();
    }

    @Override
    public void consumeParameters(Stack<String> values, ArgSpec flag, CommandSpec command) {
        values.clear();
        throw new ShownException(command.commandLine(), advice);
    }

    /** Somebody showed a secret. */
    static final class ShownException extends ParameterException {
        private static final long serialVersionUID = 1;

        private ShownException(CommandLine command, String advice) {
            super(command, advice);
        }
    }

    /** Says so without the page of all flags, in which it would be lost. */
    static IParameterExceptionHandler handler(IParameterExceptionHandler others) {
        return (wrong, arguments) -> {
            if (wrong instanceof ShownException) {
                wrong.getCommandLine().getErr().println(wrong.getMessage());
                return Tandem.WRONG_USE;
            }
            return others.handleParseException(wrong, arguments);
        };
    }
}
