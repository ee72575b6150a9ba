package dev.tandem.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes down the public types of some packages, and what of them others can use. */
final class PublicApi {
    /** Which every type has. */
    private static final Set<String> COMMON = Set.of("equals", "hashCode", "toString");

    private final Path classes;
    private final Set<String> packages;

    /**
     * @param classes the folder of compiled classes
     */
    PublicApi(Path classes, Set<String> packages) {
        this.classes = classes;
        this.packages = packages;
    }

    /** The packages that have public types. */
    Set<String> allPackages() {
        return types().filter(PublicApi::isVisible)
                .map(Class::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A paragraph a type, in the order of their names. */
    String listing() {
        return types().filter(type -> packages.contains(type.getPackageName()))
                .filter(PublicApi::isVisible)
                .map(PublicApi::described)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private Stream<Class<?>> types() {
        try (Stream<Path> files = Files.walk(classes)) {
            return files
                    .map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                    .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
                    .<Class<?>>map(PublicApi::loaded)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Public, as are all types around it. */
    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers())
                && !type.isAnonymousClass()
                && (outer == null || isVisible(outer));
    }

    private static String described(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isOffered(constructor)) {
                members.add(plain(constructor.toGenericString()));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isOffered(method) && !COMMON.contains(method.getName())) {
                members.add(plain(method.toGenericString()));
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && !field.isSynthetic()) {
                members.add(plain(field.toGenericString()));
            }
        }
        Collections.sort(members);
        String head = type.getName() + "\n  " + plain(type.toGenericString()) + supers(type);
        return head
                + members.stream().map(each -> "\n    " + each).collect(Collectors.joining())
                + "\n";
    }

    private static boolean isOffered(Executable member) {
        return (Modifier.isPublic(member.getModifiers())
                        || Modifier.isProtected(member.getModifiers()))
                && !member.isSynthetic()
                && !member.accessFlags().contains(AccessFlag.BRIDGE);
    }

    private static String supers(Class<?> type) {
        List<String> all = new ArrayList<>();
        Type superclass = type.getGenericSuperclass();
        if (superclass != null && !type.isEnum() && !type.isRecord()) {
            all.add(superclass.getTypeName());
        }
        Arrays.stream(type.getGenericInterfaces()).forEach(each -> all.add(each.getTypeName()));
        all.remove("java.lang.Object");
        return all.isEmpty() ? "" : " : " + String.join(", ", all);
    }

    private static String plain(String text) {
        return text.replaceFirst("^public ", "").replace("java.lang.", "");
    }
}
