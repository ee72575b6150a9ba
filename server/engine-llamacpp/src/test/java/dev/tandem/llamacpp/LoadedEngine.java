package dev.tandem.llamacpp;

import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.RequestIds;
import java.time.Clock;

/** The real model with two slots, and calls of it. */
final class LoadedEngine implements AutoCloseable {
    final LlamaEngine engine;
    final Calls calls = new Calls(new RequestIds());

    /**
     * @param context tokens of a slot
     */
    LoadedEngine(int context) {
        this(context, 2);
    }

    LoadedEngine(int context, int slots) {
        this(ModelOptions.defaults().withContextPerSlot(context).withSlots(slots));
    }

    LoadedEngine(ModelOptions options) {
        engine =
                LlamaEngine.load(
                        RealFiles.library(), RealFiles.model(), options, Clock.systemUTC());
    }

    @Override
    public void close() {
        engine.close();
        calls.close();
    }
}
