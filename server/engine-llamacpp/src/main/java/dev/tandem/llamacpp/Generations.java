package dev.tandem.llamacpp;

import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Refusal;
import dev.tandem.llamacpp.loop.EngineFailure;
import dev.tandem.llamacpp.loop.Generation;
import dev.tandem.llamacpp.loop.GenerationRequest;
import dev.tandem.llamacpp.loop.LlamaModel;
import dev.tandem.llamacpp.loop.Piece;
import dev.tandem.llamacpp.loop.PromptTooLong;
import dev.tandem.llamacpp.loop.Usage;
import dev.tandem.runtime.admission.Callers;
import dev.tandem.runtime.admission.Overloaded;
import dev.tandem.runtime.admission.Waiting;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;

/** Runs generations for calls, and tells callers in the contract's errors why one cannot be. */
final class Generations {
    private final LlamaModel model;

    Generations(LlamaModel model) {
        this.model = model;
    }

    /** Makes the request; the text of the prompt may be too long to be split. */
    @FunctionalInterface
    interface Beginning {
        GenerationRequest.Builder request() throws InterruptedException;
    }

    /** Sends what was generated. Throws when the call is over. */
    interface Writer {
        void piece(Piece piece, Generation from);

        /** After the last piece, of a cancelled call too. */
        void usage(Usage usage);
    }

    /** Generates to the end, on the call's thread. */
    void run(Beginning beginning, PromptField prompt, Writer writer, Call call)
            throws InterruptedException {
        try (Generation generation = submit(beginning, prompt, call);
                Call.Registration _ = call.onCancel(generation::cancel)) {
            for (Piece piece = generation.next(); piece != null; piece = generation.next()) {
                writer.piece(piece, generation);
            }
            writer.usage(generation.usage()); // of a cancelled call it throws, but is counted
            call.check();
        } catch (EngineFailure e) {
            throw failed(e);
        } catch (Overloaded e) {
            throw e.toException("The model");
        }
    }

    private Generation submit(Beginning beginning, PromptField prompt, Call call)
            throws InterruptedException {
        try {
            // prompts are cached for one caller only
            GenerationRequest request = beginning.request().cacheSalt(Callers.of(call)).build();
            return model.submit(request, call.remaining().orElse(null), Waiting.of(call, "engine"));
        } catch (PromptTooLong e) {
            throw prompt.tooLong(e);
        } catch (IllegalArgumentException e) {
            throw Refusal.unsupportedValue(
                    "logit_bias", "The model cannot do this: " + e.getMessage() + ".");
        }
    }

    /** For the caller; the log says more. */
    static ApiException failed(EngineFailure failure) {
        System.getLogger(LlamaEngine.class.getName())
                .log(System.Logger.Level.ERROR, "the model could not go on", failure);
        return ApiError.of(
                        EngineReasons.ENGINE_FAILED,
                        "The model could not go on; send the request again.")
                .toException();
    }
}
