package dev.tandem.transcoding.schema;

import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.ArrayList;
import java.util.List;

/** What is wrong in the .proto files: gathered, so that all of it is told at once. */
public final class Problems {
    private final Declarations declarations;
    private final List<String> found = new ArrayList<>();

    /** Nothing is wrong so far. */
    public Problems(Declarations declarations) {
        this.declarations = declarations;
    }

    /**
     * Adds one: {@code acme/v1/people.proto:12: acme.v1.People.Find: …}.
     *
     * @param at the declaration that is to be changed
     * @param what a phrase that says what is wrong and what would be right
     */
    public void add(GenericDescriptor at, String what) {
        found.add(declarations.place(at) + ": " + at.getFullName() + ": " + what);
    }

    /** All of them, in the order in which they were found. */
    public List<String> found() {
        return List.copyOf(found);
    }
}
