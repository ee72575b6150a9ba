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
    private final Vocabulary vocabulary;
    private final float[] adjusted;

    Boarding(WaitingLine line, Slots slots, Decoder decoder, Vocabulary vocabulary) {
        this.line = line;
        this.slots = slots;
        this.decoder = decoder;
        this.vocabulary = vocabulary;
        this.draw = new Draw(vocabulary.size());
        this.adjusted = new float[vocabulary.size()];
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
            var text = new TextStream(request.stops(), request.form());
            choices.add(new Choice(i, taken.get(i), samplers.get(i), text));
        }
        return new Running(generation, choices);
    }

    private @Nullable TokenFilter filter(GenerationRequest request) {
        return request.form().isFree()
                ? null
                : new FormFilter(request.form(), vocabulary, decoder::startGrammar);
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
                samplers.add(
                        new Sampler(sampling, random.split(), draw, adjusted, filter(request)));
            }
            return samplers;
        } catch (NativeFailure e) {
            samplers.forEach(Sampler::close);
            throw e;
        }
    }
}
