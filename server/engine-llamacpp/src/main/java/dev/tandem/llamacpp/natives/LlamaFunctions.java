package dev.tandem.llamacpp.natives;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;

/**
 * The functions of {@code llama.h} that work on models, contexts and samplers, by their C names
 * without {@code llama_}.
 */
final class LlamaFunctions {
    final Shapes.StructOfNothing modelDefaultParams;
    final Shapes.PointerOfTwoPointers modelLoadFromFile;
    final Shapes.NothingOfPointer modelFree;
    final Shapes.PointerOfPointer modelGetVocab;
    final Shapes.FlagOfPointer modelHasEncoder;

    final Shapes.StructOfNothing contextDefaultParams;
    final Shapes.PointerOfTwoPointers initFromModel;
    final Shapes.NothingOfPointer free;
    final Shapes.IntOfPointer contextPerSequence;
    final Shapes.PointerOfPointer getMemory;
    final Shapes.NothingOfThreePointers setAbortCallback;

    final Shapes.Tokenize tokenize;
    final Shapes.TokenToPiece tokenToPiece;
    final Shapes.IntOfPointer vocabSize;
    final Shapes.IntOfPointer vocabBos;
    final Shapes.IntOfPointer vocabEos;
    final Shapes.FlagOfPointerAndInt vocabIsEog;
    final Shapes.FlagOfPointerAndInt vocabIsControl;
    final Shapes.FlagOfPointer vocabAddsBos;

    final Shapes.StructOfThreeInts batchInit;
    final Shapes.NothingOfPointer batchFree;
    final Shapes.IntOfTwoPointers decode;
    final Shapes.PointerOfPointerAndInt logitsOfRow;

    final Shapes.RemoveSequence removeSequence;
    final Shapes.CopySequence copySequence;
    final Shapes.NothingOfPointerAndFlag clearMemory;

    final GrammarFunctions grammar;

    LlamaFunctions(Symbols llama) {
        modelDefaultParams =
                llama.bind(
                        Shapes.StructOfNothing.class,
                        "llama_model_default_params",
                        FunctionDescriptor.of(Structs.MODEL_PARAMS));
        modelLoadFromFile =
                llama.bind(
                        Shapes.PointerOfTwoPointers.class,
                        "llama_model_load_from_file",
                        FunctionDescriptor.of(ADDRESS, ADDRESS, Structs.MODEL_PARAMS));
        modelFree = llama.bind(Shapes.NothingOfPointer.class, "llama_model_free");
        modelGetVocab = llama.bind(Shapes.PointerOfPointer.class, "llama_model_get_vocab");
        modelHasEncoder = llama.bind(Shapes.FlagOfPointer.class, "llama_model_has_encoder");

        contextDefaultParams =
                llama.bind(
                        Shapes.StructOfNothing.class,
                        "llama_context_default_params",
                        FunctionDescriptor.of(Structs.CONTEXT_PARAMS));
        initFromModel =
                llama.bind(
                        Shapes.PointerOfTwoPointers.class,
                        "llama_init_from_model",
                        FunctionDescriptor.of(ADDRESS, ADDRESS, Structs.CONTEXT_PARAMS));
        free = llama.bind(Shapes.NothingOfPointer.class, "llama_free");
        contextPerSequence = llama.bind(Shapes.IntOfPointer.class, "llama_n_ctx_seq");
        getMemory = llama.bind(Shapes.PointerOfPointer.class, "llama_get_memory");
        setAbortCallback =
                llama.bind(Shapes.NothingOfThreePointers.class, "llama_set_abort_callback");

        tokenize = llama.bind(Shapes.Tokenize.class, "llama_tokenize");
        tokenToPiece = llama.bind(Shapes.TokenToPiece.class, "llama_token_to_piece");
        vocabSize = llama.bind(Shapes.IntOfPointer.class, "llama_vocab_n_tokens");
        vocabBos = llama.bind(Shapes.IntOfPointer.class, "llama_vocab_bos");
        vocabEos = llama.bind(Shapes.IntOfPointer.class, "llama_vocab_eos");
        vocabIsEog = llama.bind(Shapes.FlagOfPointerAndInt.class, "llama_vocab_is_eog");
        vocabIsControl = llama.bind(Shapes.FlagOfPointerAndInt.class, "llama_vocab_is_control");
        vocabAddsBos = llama.bind(Shapes.FlagOfPointer.class, "llama_vocab_get_add_bos");

        batchInit =
                llama.bind(
                        Shapes.StructOfThreeInts.class,
                        "llama_batch_init",
                        FunctionDescriptor.of(Structs.BATCH, JAVA_INT, JAVA_INT, JAVA_INT));
        batchFree =
                llama.bind(
                        Shapes.NothingOfPointer.class,
                        "llama_batch_free",
                        FunctionDescriptor.ofVoid(Structs.BATCH));
        decode =
                llama.bind(
                        Shapes.IntOfTwoPointers.class,
                        "llama_decode",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, Structs.BATCH));
        logitsOfRow = llama.bind(Shapes.PointerOfPointerAndInt.class, "llama_get_logits_ith");

        removeSequence = llama.bind(Shapes.RemoveSequence.class, "llama_memory_seq_rm");
        copySequence = llama.bind(Shapes.CopySequence.class, "llama_memory_seq_cp");
        clearMemory = llama.bind(Shapes.NothingOfPointerAndFlag.class, "llama_memory_clear");

        grammar = new GrammarFunctions(llama);
    }
}
