package dev.tandem.transcoding.json;

import com.google.protobuf.Message;

/** What a key of a JSON object stands for. */
abstract sealed class Key permits Field, Constant, Discriminator {
    private final String name;
    private final int bit;

    /**
     * @param bit the key's place among the keys of the object, for telling duplicates
     */
    Key(String name, int bit) {
        this.name = name;
        this.bit = bit;
    }

    final String name() {
        return name;
    }

    final int bit() {
        return bit;
    }

    /**
     * Reads the current value, to its last token.
     *
     * @param frame this object's frame in the {@link Marks}
     */
    abstract void read(JsonInput in, Message.Builder builder, int frame);
}
