package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import dev.tandem.options.v1.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** How enum values are spelled in the contract profile. */
public final class EnumNames {
    private EnumNames() {}

    /**
     * The name in the option, or the value's name in lower case and without the enum's: {@code
     * ROLE_USER} of {@code Role} is user.
     */
    public static String of(EnumValueDescriptor value) {
        String given = value.getOptions().getExtension(Options.enumValue).getName();
        if (!given.isEmpty()) {
            return given;
        }
        String prefix = upperSnake(value.getType().getName()) + '_';
        String name = value.getName();
        return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                .toLowerCase(Locale.ROOT);
    }

    /**
     * The names worth offering to a caller, in the profile's spelling: without that of the zero
     * which stands for no choice.
     */
    public static List<String> offered(EnumDescriptor type, Profile profile) {
        return type.getValues().stream()
                .filter(value -> value.getNumber() != 0 || !value.getName().endsWith("UNSPECIFIED"))
                .map(value -> profile == Profile.CANONICAL ? value.getName() : of(value))
                .distinct()
                .toList();
    }

    /**
     * Refuses an enum in which two numbers have one name.
     *
     * @param problems takes the second of them and what is wrong with it
     */
    static void check(EnumDescriptor type, BiConsumer<GenericDescriptor, String> problems) {
        Map<String, EnumValueDescriptor> names = new HashMap<>();
        for (EnumValueDescriptor value : type.getValues()) {
            EnumValueDescriptor other = names.putIfAbsent(of(value), value);
            if (other != null && other.getNumber() != value.getNumber()) {
                problems.accept(
                        value,
                        value.getName()
                                + " and "
                                + other.getName()
                                + " are both \""
                                + of(value)
                                + "\" as JSON: give one of them another name in (tandem.options.v1.enum_value)");
            }
        }
    }

    private static String upperSnake(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
                .toUpperCase(Locale.ROOT);
    }
}
