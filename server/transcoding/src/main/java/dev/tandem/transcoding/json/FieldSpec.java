package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;

/**
 * What all kinds of field know of themselves.
 *
 * @param name the key in the JSON
 * @param bit the key's place among the keys of its object
 * @param tag what is written in front of the value: the key, and in front of it the discriminator's
 *     key and value where there is one
 * @param absence what is written of a field that has no value
 * @param oneof the word of the object's frame for the oneof the field is in; -1 where it is in none
 * @param member the field's place among the members of its oneof, from 1
 * @param accessors those of the message that has the field
 */
record FieldSpec(
        FieldDescriptor descriptor,
        String name,
        int bit,
        String tag,
        Absence absence,
        int oneof,
        int member,
        Accessors accessors) {

    /** What is written of a field without a value. */
    enum Absence {
        /** The default value: of fields without presence. */
        DEFAULT,
        /** Nothing. */
        NOTHING,
        /** The word null. */
        NULL
    }

    <T> T bind(Class<T> shape, Accessors.Verb verb) {
        return accessors.bind(shape, descriptor, verb);
    }
}
