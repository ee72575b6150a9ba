package dev.tandem.transcoding.openapi;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.route.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of operations that make good names of functions: {@code chatComplete}, {@code listModels}.
 * They depend on nothing but the method, unless two methods want the same.
 */
final class OperationIds {
    private final Set<String> contested = new HashSet<>();
    private final Map<String, Integer> given = new HashMap<>();

    OperationIds(List<Route> routes) {
        Map<String, MethodDescriptor> owners = new HashMap<>();
        for (Route route : routes) {
            MethodDescriptor method = route.first();
            MethodDescriptor other = owners.putIfAbsent(shortName(method), method);
            if (other != null && !other.equals(method)) {
                contested.add(shortName(method));
            }
        }
    }

    /** The next name for a route's operation: further bindings of a method are numbered. */
    String next(Route route) {
        MethodDescriptor method = route.first();
        String name = name(route.profile(), method);
        int number = given.merge(name, 1, Integer::sum);
        return number == 1 ? name : name + number;
    }

    private String name(Profile profile, MethodDescriptor method) {
        if (profile == Profile.CANONICAL) {
            return method.getFullName();
        }
        String name = shortName(method);
        return contested.contains(name) ? camel(method.getFullName()) : name;
    }

    /** The method's name, behind the service's noun unless one of them is in the other. */
    private static String shortName(MethodDescriptor method) {
        String service = method.getService().getName();
        String noun =
                service.endsWith("Service") && service.length() > "Service".length()
                        ? service.substring(0, service.length() - "Service".length())
                        : service;
        String name = method.getName();
        String lowerName = name.toLowerCase(Locale.ROOT);
        String lowerNoun = noun.toLowerCase(Locale.ROOT);
        boolean said = lowerName.contains(lowerNoun) || lowerNoun.startsWith(lowerName);
        return lowerFirst(said ? name : noun + name);
    }

    private static String camel(String fullName) {
        StringBuilder camel = new StringBuilder();
        for (String part : fullName.split("[._]", -1)) {
            camel.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
        }
        return lowerFirst(camel.toString());
    }

    private static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
