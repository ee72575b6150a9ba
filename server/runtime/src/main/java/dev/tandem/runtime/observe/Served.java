package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.Method;

/** A method that is served, in the words of labels. */
record Served(String fullName, String service, String method, boolean streams) {
    /** What is no method: pages, and what was refused before one was known. */
    static final Served NONE = new Served("", "", "", false);

    static Served of(Method<?, ?> method) {
        return new Served(
                method.fullName(),
                method.descriptor().getService().getFullName(),
                method.descriptor().getName(),
                !method.singleResponse() || !method.singleRequest());
    }

    /** Is it a method of the server's own, health or reflection? */
    boolean own() {
        return fullName.startsWith("grpc.");
    }
}
