package dev.tandem.bedrock;

import dev.tandem.transcoding.form.MediaType;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/** Looks at answers before the SDK reads them: it bounds no body and looks at no media type. */
final class CheckedAnswers implements ExecutionInterceptor {
    private final long most;

    /**
     * @param most bytes of an answer
     */
    CheckedAnswers(long most) {
        this.most = most;
    }

    @Override
    public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        String wanted =
                context.request() instanceof ConverseStreamRequest
                        ? "application/vnd.amazon.eventstream"
                        : "application/json";
        String fault = fault(context.httpResponse(), wanted);
        return context.responsePublisher().map(body -> new CheckedBody(body, most, fault));
    }

    private static @Nullable String fault(SdkHttpResponse answer, String wanted) {
        if (!answer.isSuccessful()) {
            return null; // errors are read for what they tell
        }
        String type = MediaType.essence(answer.firstMatchingHeader("content-type").orElse(""));
        return type.equals(wanted) ? null : "its answer is not " + wanted + " by its content-type";
    }
}
