package dev.tandem.llamacpp.natives;

/**
 * The functions of {@code llama.h} for the one sampler that is not written in Java: the grammar.
 */
final class GrammarFunctions {
    final Shapes.PointerOfThreePointers start;
    final Shapes.NothingOfTwoPointers apply;
    final Shapes.NothingOfPointerAndInt accept;
    final Shapes.NothingOfPointer free;

    GrammarFunctions(Symbols llama) {
        start = llama.bind(Shapes.PointerOfThreePointers.class, "llama_sampler_init_grammar");
        apply = llama.bind(Shapes.NothingOfTwoPointers.class, "llama_sampler_apply");
        accept = llama.bind(Shapes.NothingOfPointerAndInt.class, "llama_sampler_accept");
        free = llama.bind(Shapes.NothingOfPointer.class, "llama_sampler_free");
    }
}
