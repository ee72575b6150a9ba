package dev.tandem.gateway.cli;

import dev.tandem.v1.ListModelsRequest;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;
import io.grpc.StatusException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what a running server serves. */
@Command(
        name = "models",
        description = "Lists the models of a running server: name, context length, owner.",
        mixinStandardHelpOptions = true)
final class ListModels implements Callable<Integer> {
    private static final int MOST_SECONDS = 20;

    private final Screen screen;
    @Mixin private final Target target = new Target();

    ListModels(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws CommandException {
        try (Connection connection = target.connect()) {
            models(connection).forEach(this::print);
            return 0;
        }
    }

    private static List<Model> models(Connection connection) throws CommandException {
        try {
            return ModelServiceGrpc.newBlockingV2Stub(connection.channel())
                    .withDeadlineAfter(MOST_SECONDS, TimeUnit.SECONDS)
                    .listModels(ListModelsRequest.getDefaultInstance())
                    .getDataList();
        } catch (StatusException e) {
            throw connection.explained(e);
        }
    }

    private void print(Model model) {
        String context = model.hasContextLength() ? model.getContextLength() + " tokens" : "-";
        screen.out().printf("%-40s %-14s %s%n", model.getId(), context, model.getOwnedBy());
    }
}
