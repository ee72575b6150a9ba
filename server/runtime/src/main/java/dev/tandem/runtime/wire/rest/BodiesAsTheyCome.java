package dev.tandem.runtime.wire.rest;

import io.helidon.http.Headers;
import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.encoding.ContentEncodingContextConfig;

/**
 * Leaves encoded bodies to the handler. Without this Helidon 4.5.0 answers a {@code
 * content-encoding} with 400 over HTTP/1.1 and passes it on over HTTP/2; here both get one 415. It
 * also keeps Helidon from compressing answers.
 */
final class BodiesAsTheyCome implements ContentEncodingContext {
    private final ContentEncodingContext none;

    private BodiesAsTheyCome(ContentEncodingContext none) {
        this.none = none;
    }

    static ContentEncodingContext context() {
        return new BodiesAsTheyCome(
                ContentEncodingContext.create(
                        config -> config.contentEncodingsDiscoverServices(false)));
    }

    @Override
    public boolean contentEncodingEnabled() {
        return false;
    }

    @Override
    public boolean contentDecodingEnabled() {
        return true;
    }

    @Override
    public boolean contentEncodingSupported(String encodingId) {
        return false;
    }

    @Override
    public boolean contentDecodingSupported(String encodingId) {
        return true;
    }

    @Override
    public ContentEncoder encoder(String encodingId) {
        return ContentEncoder.NO_OP;
    }

    @Override
    public ContentDecoder decoder(String encodingId) {
        return ContentDecoder.NO_OP;
    }

    @Override
    public ContentEncoder encoder(Headers headers) {
        return ContentEncoder.NO_OP;
    }

    @Override
    public ContentEncodingContextConfig prototype() {
        return none.prototype();
    }
}
