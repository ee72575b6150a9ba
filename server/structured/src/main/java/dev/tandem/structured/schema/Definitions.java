package dev.tandem.structured.schema;

/** What a schema refers to. */
interface Definitions {
    /**
     * The schema at a JSON Pointer.
     *
     * @throws Undecided where it is just being read: it would stand for itself
     */
    Schema at(String pointer);

    /** The automata of the schema's strings. */
    KnownTexts texts();
}
