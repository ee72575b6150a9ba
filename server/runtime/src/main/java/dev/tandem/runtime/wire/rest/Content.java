package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.transcoding.form.FormException;
import dev.tandem.transcoding.form.FormType;

/** The body of a request and how it is to be read. Nobody changes the bytes any more. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares contents
sealed interface Content {
    /** JSON in UTF-8. */
    record Json(byte[] bytes) implements Content {}

    /** A form. */
    record Form(FormType type, byte[] bytes) implements Content {}

    /**
     * A body by its content type.
     *
     * @param forms are forms taken?
     * @throws ApiException where such bodies are not taken
     */
    static Content of(String contentType, byte[] bytes, boolean forms) {
        if (MediaTypes.isJson(contentType)) {
            return new Json(bytes);
        }
        if (!forms) {
            throw RestErrors.notJson().toException();
        }
        try {
            FormType type =
                    FormType.of(contentType)
                            .orElseThrow(() -> RestErrors.notJsonNorForm().toException());
            return new Form(type, bytes);
        } catch (FormException e) {
            throw RestErrors.malformed(e).toException();
        }
    }
}
