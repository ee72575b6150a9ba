package dev.tandem.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * gateway → engines → the runtime's call → transcoding → the options; service → model → engines.
 */
@AnalyzeClasses(packages = "dev.tandem", importOptions = ImportOption.DoNotIncludeTests.class)
class ImportDirectionTest {
    @ArchTest
    static final ArchRule modulesImportDownwards =
            layeredArchitecture()
                    .consideringOnlyDependenciesInAnyPackage("dev.tandem..")
                    .layer("gateway")
                    .definedBy("dev.tandem.gateway..")
                    .layer("kit")
                    .definedBy("dev.tandem.testing..")
                    .layer("engines")
                    .definedBy(
                            "dev.tandem.bedrock..",
                            "dev.tandem.engines..",
                            "dev.tandem.llamacpp..",
                            "dev.tandem.onnx..",
                            "dev.tandem.remote..",
                            "dev.tandem.upstream..",
                            "dev.tandem.remote..",
                            "dev.tandem.bedrock..")
                    .layer("routing")
                    .definedBy("dev.tandem.routing..")
                    .layer("redis")
                    .definedBy("dev.tandem.redis..")
                    .layer("runtime")
                    .definedBy("dev.tandem.runtime..")
                    .layer("transcoding")
                    .definedBy("dev.tandem.transcoding..")
                    .layer("contract")
                    .definedBy("dev.tandem.v1..")
                    .layer("options")
                    .definedBy("dev.tandem.options..")
                    .whereLayer("gateway")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("kit")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("engines")
                    .mayOnlyBeAccessedByLayers("gateway", "kit", "routing")
                    .whereLayer("routing")
                    .mayOnlyBeAccessedByLayers("gateway")
                    .whereLayer("redis")
                    .mayOnlyBeAccessedByLayers("gateway")
                    .whereLayer("runtime")
                    .mayOnlyBeAccessedByLayers("gateway", "kit", "engines", "routing", "redis")
                    .whereLayer("transcoding")
                    .mayOnlyBeAccessedByLayers(
                            "gateway", "kit", "engines", "routing", "redis", "runtime")
                    .whereLayer("contract")
                    .mayOnlyBeAccessedByLayers("gateway", "kit", "engines", "routing");

    @ArchTest
    static final ArchRule theContractIsUnknownBelowTheEngines =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.tandem.runtime..",
                            "dev.tandem.transcoding..",
                            "dev.tandem.options..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.tandem.v1..");

    @ArchTest
    static final ArchRule structuredAnswersKnowNothingElse =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tandem.structured..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("dev.tandem..")
                                    .and(not(resideInAPackage("dev.tandem.structured.."))))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule enginesKnowCallsAndNoServer =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.tandem.bedrock..",
                            "dev.tandem.engines..",
                            "dev.tandem.llamacpp..",
                            "dev.tandem.onnx..",
                            "dev.tandem.remote..",
                            "dev.tandem.upstream..",
                            "dev.tandem.remote..",
                            "dev.tandem.bedrock..",
                            "dev.tandem.routing..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.tandem.runtime",
                            "dev.tandem.runtime.wire..",
                            "dev.tandem.runtime.policy..",
                            "dev.tandem.runtime.limits..",
                            "dev.tandem.runtime.hosting..",
                            "io.helidon..");

    @ArchTest
    static final ArchRule routingKnowsNoKindOfEngine =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tandem.routing..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.tandem.llamacpp..",
                            "dev.tandem.onnx..",
                            "dev.tandem.upstream..",
                            "dev.tandem.remote..",
                            "dev.tandem.bedrock..");

    @ArchTest
    static final ArchRule onlyTheFrontDoorKnowsTheWires =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.tandem.runtime", "dev.tandem.runtime.wire..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.tandem.runtime.wire..");

    @ArchTest
    static final ArchRule noWireKnowsThePages =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tandem.runtime.wire..")
                    .and()
                    .resideOutsideOfPackage("dev.tandem.runtime.wire.docs..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.tandem.runtime.wire.docs..");

    @ArchTest
    static final ArchRule theGatewayHasNoPrivateDoor =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tandem.gateway..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.helidon.webserver..", "dev.tandem.testing..");

    /** docs/versions.md tells what is public, docs/api/runtime.txt lists it. */
    @ArchTest
    static void theGatewayUsesOfTheRuntimeWhatIsPublic(JavaClasses classes) {
        noClasses()
                .that()
                .resideInAPackage("dev.tandem.gateway..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.tandem.runtime..").and(not(listed())))
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> listed() {
        Set<String> names;
        try (Stream<String> lines = Files.lines(Path.of("../../docs/api/runtime.txt"))) {
            names =
                    lines.filter(line -> line.startsWith("dev.tandem.runtime"))
                            .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DescribedPredicate.describe(
                "are listed as public",
                type -> names.contains(type.getBaseComponentType().getName()));
    }

    @ArchTest
    static final ArchRule modelsKnowNoServices =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tandem.gateway.model..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.tandem.gateway", "dev.tandem.gateway.service..");

    @ArchTest
    static final ArchRule servicesKnowTheModelsAndNothingElseOfTheProgram =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tandem.gateway.service..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.tandem.gateway",
                            "dev.tandem.gateway.cli..",
                            "dev.tandem.gateway.config..",
                            "dev.tandem.store..");
}
