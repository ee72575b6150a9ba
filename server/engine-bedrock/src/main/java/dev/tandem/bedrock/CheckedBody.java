package dev.tandem.bedrock;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A body that fails where it has too many bytes, or at once where it is of another kind. */
final class CheckedBody implements Publisher<ByteBuffer> {
    private final Publisher<ByteBuffer> body;
    private final long most;
    private final @Nullable String fault;

    /**
     * @param most bytes
     * @param fault what is wrong with it before a byte came; null for nothing
     */
    CheckedBody(Publisher<ByteBuffer> body, long most, @Nullable String fault) {
        this.body = body;
        this.most = most;
        this.fault = fault;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> reader) {
        body.subscribe(new Counting(reader));
    }

    /** Called by one thread at a time, as publishers do. */
    private final class Counting implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> reader;
        private @Nullable Subscription source;
        private long count;
        private boolean over;

        Counting(Subscriber<? super ByteBuffer> reader) {
            this.reader = reader;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            reader.onSubscribe(subscription);
            if (fault != null) {
                fail(fault);
            }
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            if (over) {
                return;
            }
            count += bytes.remaining();
            if (count > most) {
                fail("its answer has more than " + most + " bytes");
            } else {
                reader.onNext(bytes);
            }
        }

        private void fail(String what) {
            over = true;
            if (source != null) {
                source.cancel();
            }
            reader.onError(new BrokenAnswerException(what));
        }

        @Override
        public void onError(Throwable failure) {
            if (!over) {
                over = true;
                reader.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (!over) {
                over = true;
                reader.onComplete();
            }
        }
    }
}
