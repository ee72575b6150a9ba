package dev.tandem.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.v1.Capability;
import dev.tandem.v1.Model;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private final ScriptedEngine engine = new ScriptedEngine(Script.saying("hi"));
    private final ScriptedEngine other = new ScriptedEngine(Script.saying("ho"));
    private final ServedModel zoe = model("zoe", engine);
    private final ServedModel adam = model("adam", other);
    private final Models models = new Models(List.of(zoe, adam), Map.of("big", "adam"));

    @Test
    void modelsAreFoundByNameAndAlias() {
        assertThat(models.named("zoe")).isSameAs(zoe);
        assertThat(models.named("big")).isSameAs(adam);
    }

    @Test
    void theFirstModelIsTheDefaultUnlessToldOtherwise() {
        assertThat(models.named("default")).isSameAs(zoe);
        assertThat(new Models(List.of(zoe, adam), Map.of("default", "adam")).named("default"))
                .isSameAs(adam);
    }

    @Test
    void theOrderOfTheConfigurationIsKeptAndAliasesAreNotListed() {
        assertThat(models.all()).containsExactly(zoe, adam);
    }

    @Test
    void anUnknownNameIsAnErrorThatNamesItAndThePlaceToLook() {
        assertThatThrownBy(() -> models.named("eve"))
                .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
                .extracting(ApiException::error)
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
                    assertThat(error.reason()).isEqualTo("model_not_found");
                    assertThat(error.param()).isEqualTo("model");
                    assertThat(error.message()).contains("'eve'", "/v1/models");
                });
    }

    @Test
    void aServerWithoutModelsKnowsNoDefaultAndIsNotReady() {
        Models none = new Models(List.of(), Map.of());

        assertThat(none.ready()).isFalse();
        assertThatThrownBy(() -> none.named("default"))
                .asInstanceOf(InstanceOfAssertFactories.type(ApiException.class))
                .extracting(ApiException::error)
                .extracting(ApiError::reason)
                .isEqualTo("model_not_found");
    }

    @Test
    void twoModelsOfOneNameOrAnAliasThatLeadsNowhereAreRefused() {
        assertThatThrownBy(() -> new Models(List.of(zoe, model("zoe", other)), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zoe");
        assertThatThrownBy(() -> new Models(List.of(zoe), Map.of("big", "eve")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eve");
        assertThatThrownBy(() -> new Models(List.of(zoe, adam), Map.of("zoe", "adam")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zoe");
    }

    @Test
    void oneReadyModelIsEnough() {
        engine.ready(false);
        assertThat(models.ready()).isTrue();

        other.ready(false);
        assertThat(models.ready()).isFalse();
    }

    @Test
    void aModelIsDescribedWithWhatItsEngineKnows() {
        assertThat(zoe.describe())
                .isEqualTo(
                        Model.newBuilder()
                                .setId("zoe")
                                .setCreated(1_700_000_000)
                                .setOwnedBy("test")
                                .setContextLength(4096)
                                .addCapabilities(Capability.CAPABILITY_CHAT)
                                .addCapabilities(Capability.CAPABILITY_COMPLETION)
                                .addCapabilities(Capability.CAPABILITY_EMBEDDING)
                                .addCapabilities(Capability.CAPABILITY_RERANK)
                                .addCapabilities(Capability.CAPABILITY_TOKENIZE)
                                .build());
    }

    @Test
    void closingClosesTheEngines() {
        models.close();

        assertThat(engine.closed()).isTrue();
        assertThat(other.closed()).isTrue();
    }

    private static ServedModel model(String name, ScriptedEngine engine) {
        return new ServedModel(name, engine, "own-" + name, Instant.ofEpochSecond(1_700_000_000));
    }
}
