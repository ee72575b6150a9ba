package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.options.v1.Upload;
import dev.tandem.transcoding.form.Part;

/** Fields that the content of a form's part fills as it is: bytes, and files with their names. */
public final class Uploads {
    private Uploads() {}

    /** Is a part of a form with this field's name, or are several, its value? */
    public static boolean takes(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.BYTES || isUpload(field);
    }

    private static boolean isUpload(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.MESSAGE
                && !field.isMapField()
                && field.getMessageType()
                        .getFullName()
                        .equals(Upload.getDescriptor().getFullName());
    }

    /**
     * The value.
     *
     * @param into the builder that will hold the field
     */
    static Object value(FieldDescriptor field, Part part, Message.Builder into) {
        if (!isUpload(field)) {
            return part.content();
        }
        Message.Builder upload = into.newBuilderForField(field);
        Descriptor type = field.getMessageType();
        String filename = part.filename();
        return upload.setField(
                        type.findFieldByNumber(Upload.FILENAME_FIELD_NUMBER),
                        filename == null ? "" : filename)
                .setField(
                        type.findFieldByNumber(Upload.CONTENT_TYPE_FIELD_NUMBER),
                        part.contentType())
                .setField(type.findFieldByNumber(Upload.CONTENT_FIELD_NUMBER), part.content())
                .build();
    }
}
