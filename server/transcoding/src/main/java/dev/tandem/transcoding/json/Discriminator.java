package dev.tandem.transcoding.json;

import com.google.protobuf.Message;
import java.util.List;
import tools.jackson.core.JsonToken;

/**
 * The key that names the member of a oneof which is set. The members write it, in front of
 * themselves.
 */
final class Discriminator extends Key {
    private final List<Field> members;
    private final int oneofWord;
    private final int namedWord;

    /**
     * @param oneofWord the word of the frame in which the members note which of them was read, from
     *     1 in the order of the list
     * @param namedWord the word of the frame for the member that was named
     */
    Discriminator(String name, int bit, List<Field> members, int oneofWord, int namedWord) {
        super(name, bit);
        this.members = members;
        this.oneofWord = oneofWord;
        this.namedWord = namedWord;
    }

    @Override
    void read(JsonInput in, Message.Builder builder, int frame) {
        if (in.token() == JsonToken.VALUE_NULL) {
            return;
        }
        if (in.token() != JsonToken.VALUE_STRING) {
            in.wrongKind("a string");
            return;
        }
        String type = in.parser.getString();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(type)) {
                in.marks.set(frame + namedWord, i + 1);
                return;
            }
        }
        if (!in.lenient()) {
            List<String> names = members.stream().map(Key::name).toList();
            in.reject("enum", Wording.quoted(type) + " is not one of " + Wording.list(names));
        }
    }

    List<Field> members() {
        return members;
    }

    /** At the end of the object: the member that is named must be the one that is there. */
    void finish(JsonInput in, Message.Builder builder, int frame) {
        int named = (int) in.marks.word(frame + namedWord);
        int present = (int) in.marks.word(frame + oneofWord);
        if (named == 0 || named == present) {
            return;
        }
        Field member = members.get(named - 1);
        if (present != 0) {
            String other = members.get(present - 1).name();
            String message = "is \"" + member.name() + "\", but \"" + other + "\" is there";
            in.report(JsonPath.child(in.path(), name()), "oneof", message);
        } else if (member instanceof MessageField message && message.isNameOnly()) {
            message.setEmpty(builder);
        } else if (!in.lenient()) {
            in.report(
                    JsonPath.child(in.path(), member.name()),
                    "required",
                    "must be there, as " + name() + " says");
        }
    }
}
