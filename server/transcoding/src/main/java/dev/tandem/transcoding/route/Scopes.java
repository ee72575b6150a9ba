package dev.tandem.transcoding.route;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.ProtocolStringList;
import dev.tandem.options.v1.Options;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a caller must be allowed to do to call a method, as its .proto file says. */
public final class Scopes {
    /** RFC 6749, section 3.3. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private Scopes() {}

    /**
     * The scopes of a method, in order; its own or else its service's. None where any caller will
     * do.
     */
    public static Set<String> of(MethodDescriptor method) {
        ProtocolStringList own = method.getOptions().getExtension(Options.method).getScopesList();
        return new TreeSet<>(
                own.isEmpty()
                        ? method.getService()
                                .getOptions()
                                .getExtension(Options.service)
                                .getScopesList()
                        : own);
    }

    /** The scopes of methods that share a route: all of all. */
    public static Set<String> of(Collection<MethodDescriptor> methods) {
        Set<String> all = new TreeSet<>();
        methods.forEach(method -> all.addAll(of(method)));
        return all;
    }

    /** Can this be a scope's name? */
    public static boolean isName(String text) {
        return TOKEN.matcher(text).matches();
    }
}
