package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.EngineSection;
import dev.tandem.gateway.config.ObserveSection;
import dev.tandem.gateway.config.RedisSection;
import dev.tandem.gateway.config.ServerSection;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.SettingsException;
import dev.tandem.gateway.config.StoreSection;
import dev.tandem.gateway.config.TlsSection;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.gateway.doctor.Finding.Verdict;
import dev.tandem.gateway.doctor.MachineCheck;
import dev.tandem.gateway.doctor.ReceiverCheck;
import dev.tandem.gateway.doctor.RedisCheck;
import dev.tandem.gateway.doctor.TlsCheck;
import dev.tandem.gateway.engine.ModelsSection;
import dev.tandem.runtime.observe.TraceSettings;
import dev.tandem.store.Machine;
import dev.tandem.store.Store;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at all that a start needs, and says what to do. Fetches and changes nothing. */
@Command(
        name = "doctor",
        description = {
            "Looks whether a server could start here: the settings, the machine, the port, TLS, the model,",
            "and what else the settings name. Says what to do. Fetches and changes nothing.",
            "Exit codes: 0 nothing is in the way, 1 something is."
        },
        mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {
    private final Screen screen;
    private final Inputs inputs;
    private final EngineLoader loader;

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Say it as JSON.")
    private boolean json;

    @Option(names = "--quick", description = "Do not load the model, nor check its sum.")
    private boolean quick;

    /**
     * @param inputs where settings are read from, besides its flags
     */
    Doctor(Screen screen, Inputs inputs, EngineLoader loader) {
        this.screen = screen;
        this.inputs = inputs;
        this.loader = loader;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = look();
        if (json) {
            screen.out().println(json(findings));
        } else {
            findings.forEach(this::print);
        }
        boolean problem =
                findings.stream().anyMatch(finding -> finding.verdict() == Verdict.PROBLEM);
        return problem ? Tandem.FAILED : 0;
    }

    private List<Finding> look() throws InterruptedException {
        Configuration configuration = Configuration.read(inputs());
        Settings settings;
        try {
            settings = configuration.settings();
        } catch (SettingsException e) {
            return e.problems().stream()
                    .map(problem ->
                            Finding.problem(
                                    "settings", problem, "docs/configuration.md has every key."))
                    .toList();
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("settings", "Every setting can be used."));
        configuration
                .notes()
                .forEach(note ->
                        findings.add(
                                Finding.warning(
                                        "settings",
                                        note.text(),
                                        "Correct its name, or take it away.")));
        look(settings, findings);
        return findings;
    }

    private void look(Settings settings, List<Finding> findings) throws InterruptedException {
        EngineSection engine = settings.get(EngineSection.SECTION);
        findings.addAll(MachineCheck.here().look(engine.memoryBytes(), engine.threads()));
        findings.add(port(settings.get(ServerSection.SECTION)));
        settings.get(TlsSection.SECTION)
                .settings()
                .ifPresent(tls -> findings.add(new TlsCheck(InstantSource.system()).look(tls)));
        Store store =
                new Store(
                        settings.get(StoreSection.SECTION).storage(),
                        screen.progress(),
                        Machine.here(),
                        inputs.environment().getOrDefault("PATH", ""));
        if (settings.get(ModelsSection.SECTION).isEmpty()) {
            findings.addAll(new ModelCheck(store, settings, loader, quick).look());
        }
        findings.addAll(EngineChecks.look(settings, store));
        Optional<TraceSettings> traces = settings.get(ObserveSection.SECTION).traces();
        if (traces.isPresent()) {
            findings.add(ReceiverCheck.look(traces.get()));
        }
        settings.get(RedisSection.SECTION)
                .settings()
                .ifPresent(redis -> findings.add(RedisCheck.look(redis)));
    }

    private Inputs inputs() {
        return spec == null
                ? inputs
                : SettingFlags.inputs(spec.commandLine().getParseResult(), inputs);
    }

    private static Finding port(ServerSection listen) {
        try {
            PortCheck.free(listen);
        } catch (CommandException e) {
            return Finding.problem(
                    "port",
                    String.valueOf(e.getMessage()),
                    "Where a Tandem runs there already, all is well; else `ss -ltnp` names who has it.");
        }
        return Finding.ok("port", listen.host() + ":" + listen.port() + " is free.");
    }

    private void print(Finding finding) {
        screen.out()
                .printf(
                        "%-8s %-14s %s%n",
                        finding.verdict().name().toLowerCase(Locale.ROOT),
                        finding.about(),
                        finding.found());
        if (!finding.advice().isEmpty()) {
            screen.out().printf("%-23s → %s%n", "", finding.advice());
        }
    }

    private static String json(List<Finding> findings) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (Finding finding : findings) {
            all.add(
                    Json.createObjectBuilder()
                            .add("about", finding.about())
                            .add("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
                            .add("found", finding.found())
                            .add("advice", finding.advice()));
        }
        return Json.createObjectBuilder().add("findings", all).build().toString();
    }
}
