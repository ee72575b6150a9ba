package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.engine.EnginesSection;
import dev.tandem.gateway.engine.ModelsSection;
import dev.tandem.gateway.extract.ExtractionSection;
import java.util.List;

/**
 * Every section of the program, in the order of the documentation. A further one is a line here.
 */
public final class Sections {
    /** All of them. */
    public static final List<Section<?>> ALL =
            List.of(
                    ServerSection.SECTION,
                    TlsSection.SECTION,
                    AuthSection.SECTION,
                    JwtSection.SECTION,
                    CorsSection.SECTION,
                    StoreSection.SECTION,
                    EngineSection.SECTION,
                    EmbeddingsSection.SECTION,
                    EnginesSection.SECTION,
                    ModelsSection.SECTION,
                    ExtractionSection.SECTION,
                    StreamsSection.SECTION,
                    LimitsSection.SECTION,
                    AdmissionSection.SECTION,
                    RedisSection.SECTION,
                    LoggingSection.SECTION,
                    ObserveSection.SECTION,
                    WireSection.SECTION);

    private Sections() {}
}
