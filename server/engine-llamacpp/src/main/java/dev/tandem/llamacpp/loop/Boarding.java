package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.NativeFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Takes requests out of the line, gives them slots and samplers. For the computing thread. */
final class Boarding {
    private final WaitingLine line;
    private final Slots slots;
    private final Decoder decoder;
    private final Draw draw;
    private final float[] adjusted;

    /**
     * @param vocabularySize sizes the space that all samplers share
     */
    Boarding(WaitingLine line, Slots slots, Decoder decoder, int vocabularySize) {
        this.line = line;
        this.slots = slots;
        this.decoder = decoder;
        this.draw = new Draw(vocabularySize);
        this.adjusted = new float[vocabularySize];
    }

    /** The next request that can run, null where there is none. */
    @Nullable Running next() {
        for (Generation first = line.serve(); first != null; first = line.serve()) {
            try {
                return start(first, samplers(first.request()));
            } catch (NativeFailure e) {
                first.freeSlots(first.request().choices());
                first.outbox()
                        .end(new EngineFailure("the grammar was refused: " + e.getMessage(), e));
            }
        }
        return null;
    }

    private Running start(Generation generation, List<Sampler> samplers) {
        GenerationRequest request = generation.request();
        List<Slot> taken = slots.take(request);
        generation.countCached(taken.getFirst().cached().size());
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < request.choices(); i++) {
            var text = new TextStream(request.stops());
            choices.add(new Choice(i, taken.get(i), samplers.get(i), text));
        }
        return new Running(generation, choices);
    }

    private List<Sampler> samplers(GenerationRequest request) {
        Sampling sampling = request.sampling();
        SplittableRandom random =
                sampling.seed() == null
                        ? new SplittableRandom()
                        : new SplittableRandom(sampling.seed());
        List<Sampler> samplers = new ArrayList<>();
        try {
            for (int i = 0; i < request.choices(); i++) {
                String gbnf = request.grammar();
                TokenFilter filter = gbnf == null ? null : decoder.startGrammar(gbnf);
                samplers.add(new Sampler(sampling, random.split(), draw, adjusted, filter));
            }
            return samplers;
        } catch (NativeFailure e) {
            samplers.forEach(Sampler::close);
            throw e;
        }
    }
}
