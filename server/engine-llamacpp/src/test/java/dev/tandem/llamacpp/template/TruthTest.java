package dev.tandem.llamacpp.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Against what Python's Jinja2 3.1.6 made of the templates here; render_templates.py writes
 * truth.json anew.
 */
class TruthTest {

    @Test
    void everyRenderIsWhatPythonRendered() {
        Agreement agreement = Agreement.of(Truth.committed());

        assertThat(agreement.outputs()).isGreaterThan(300);
        assertThat(agreement.differences()).as(agreement.summary()).isEmpty();
    }

    @Test
    void whatPythonRefusesIsRefused() {
        Agreement agreement = Agreement.of(Truth.committed());

        assertThat(agreement.leniencies()).isEmpty();
    }
}
