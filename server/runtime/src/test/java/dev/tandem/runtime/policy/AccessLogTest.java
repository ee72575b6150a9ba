package dev.tandem.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void aLineAtTheEndTellsTheOutcomeAndNoSecret() {
        try (Calls calls = new Calls(() -> "req_1")) {
            Call call = calls.open(Heads.get("/a\nb c", "authorization", "Bearer secret"), null);
            new AccessLog(new Lines(), caller -> Optional.empty(), List.of()).admit(call);
            assertThat(lines).isEmpty();
            call.failed(ApiError.of(Code.NOT_FOUND, "model_not_found", "no"));

            calls.close(call);
        }

        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .matches(
                        "call=- wire=REST verb=GET path=/a\\?b\\?c status=404"
                                + " code=NOT_FOUND/model_not_found ms=\\d+ request_id=req_1 ended=refused");
    }

    @Test
    void theStatusIsTheOneThatWasAnswered() {
        try (Calls calls = new Calls(() -> "req_1")) {
            for (int status : new int[] {204, 503}) {
                Call call = calls.open(Heads.get("/page"), null);
                new AccessLog(new Lines(), caller -> Optional.empty(), List.of()).admit(call);
                call.answered(status);
                calls.close(call);
            }
            Call late = calls.open(Heads.get("/stream"), null);
            new AccessLog(new Lines(), caller -> Optional.empty(), List.of()).admit(late);
            late.answered(200);
            late.failed(ApiError.of(Code.DEADLINE_EXCEEDED, "deadline_exceeded", "late"));
            calls.close(late);
        }

        assertThat(lines.get(0)).contains("status=204 code=OK");
        assertThat(lines.get(1)).contains("status=503 code=OK");
        assertThat(lines.get(2)).contains("status=200 code=DEADLINE_EXCEEDED/deadline_exceeded");
    }

    /** A logger that keeps its lines. */
    private final class Lines implements System.Logger {
        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String message,
                @Nullable Throwable thrown) {
            lines.add(String.valueOf(message));
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object... params) {
            lines.add(String.valueOf(params == null ? format : params[0]));
        }
    }
}
