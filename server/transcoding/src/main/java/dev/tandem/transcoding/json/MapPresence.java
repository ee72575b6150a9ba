package dev.tandem.transcoding.json;

import com.google.protobuf.MapField;
import com.google.protobuf.Message;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Whether a map has entries, without allocating where it has none. Every generated method of a map,
 * its count too, first makes a map where the message has none; a message that never had an entry
 * has null in the field behind them, and that is looked at first.
 */
final class MapPresence implements Accessors.Has {
    private static final MethodType ANY = MethodType.methodType(Object.class, Object.class);

    private final MethodHandle storage;
    private final Accessors.IntGet count;

    private MapPresence(MethodHandle storage, Accessors.IntGet count) {
        this.storage = storage;
        this.count = count;
    }

    /**
     * The same as {@code count > 0}.
     *
     * @param camel the field's name as in the generated methods
     * @return null where the class has no such field, or keeps it to itself
     */
    static @Nullable MapPresence of(
            Class<? extends Message> owner, String camel, Accessors.IntGet count) {
        String name = Character.toLowerCase(camel.charAt(0)) + camel.substring(1) + "_";
        try {
            MethodHandle getter =
                    MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                            .findGetter(owner, name, MapField.class);
            return new MapPresence(getter.asType(ANY), count);
        } catch (ReflectiveOperationException notVisible) {
            return null;
        }
    }

    @Override
    public boolean has(Object message) {
        return stored(message) != null && count.get(message) > 0;
    }

    @SuppressWarnings("IllegalCatch") // invokeExact() declares Throwable; reading a field has none
    private @Nullable Object stored(Object message) {
        try {
            return (@Nullable Object) storage.invokeExact(message);
        } catch (RuntimeException | Error wrongMessage) {
            throw wrongMessage;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
