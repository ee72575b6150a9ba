package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import tools.jackson.core.JsonToken;

/**
 * What a message type looks like as JSON: an object of its fields, or the special form of a
 * well-known type.
 */
sealed interface MessageForm
        permits MessageTable,
                WrapperForm,
                TimestampForm,
                DurationForm,
                FieldMaskForm,
                StructForm,
                ValueForm,
                ListForm,
                AnyForm,
                ConvertedForm {

    /**
     * Reads the current value, to its last token. What does not fit is reported, and a stand-in
     * returned.
     */
    Message read(JsonInput in);

    /** What such a message looks like. */
    Shape shape();

    /** Writes a message that stands in no list. */
    void write(Message message, JsonBuffer out);

    /** Writes a message that is an element of a list. */
    default void writeInArray(Message message, JsonBuffer out) {
        write(message, out);
    }

    /**
     * Writes the only message of a list in place of the list, if it then can be told from a list;
     * else writes nothing.
     */
    default boolean writeBare(Message message, JsonBuffer out) {
        return false;
    }

    /** Whether a value that begins with this token may be such a message. */
    boolean takes(JsonToken first);

    /** Whether an array with this first element, as a whole, may be such a message. */
    default boolean takesArrayOf(JsonToken first) {
        return false;
    }

    /** Whether an element of a list may be null. */
    default boolean takesNull() {
        return isNull();
    }

    /** Whether null is such a message, so that it does not mean that there is none. */
    default boolean isNull() {
        return false;
    }
}
