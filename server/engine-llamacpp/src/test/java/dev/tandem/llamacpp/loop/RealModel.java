package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.RealFiles;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A loaded SmolLM2-135M-Instruct, and short words for what tests do with it. */
final class RealModel {
    private RealModel() {}

    static LlamaModel load(ModelOptions options) {
        return LlamaModel.load(library(), file(), options);
    }

    static LlamaLibrary library() {
        return RealFiles.library();
    }

    static Path file() {
        return RealFiles.model();
    }

    /** A turn of the user, in the format of the model, ready for the assistant's answer. */
    static int[] chat(LlamaModel model, String user) throws InterruptedException {
        return model.tokenize(
                "<|im_start|>user\n" + user + "<|im_end|>\n<|im_start|>assistant\n", true, false);
    }

    static int[] tokens(LlamaModel model, String text) throws InterruptedException {
        return model.tokenize(text, false, false);
    }

    static List<Piece> pieces(Generation generation) throws InterruptedException {
        List<Piece> all = new ArrayList<>();
        for (Piece piece = generation.next(); piece != null; piece = generation.next()) {
            all.add(piece);
        }
        return all;
    }

    static String text(Generation generation) throws InterruptedException {
        return text(pieces(generation), 0);
    }

    static String text(List<Piece> pieces, int choice) {
        StringBuilder text = new StringBuilder();
        pieces.stream().filter(p -> p.choice() == choice).forEach(p -> text.append(p.text()));
        return text.toString();
    }
}
