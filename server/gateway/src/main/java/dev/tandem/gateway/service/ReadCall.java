package dev.tandem.gateway.service;

import dev.tandem.runtime.call.Call;

/** Tells a listener once what a call took that generates nothing, however it ends. */
final class ReadCall {
    private final UsageListener listener;
    private final Call call;
    private final String model;
    private int tokens;
    private boolean counted;
    private boolean finished;

    ReadCall(UsageListener listener, Call call, String model) {
        this.listener = listener;
        this.call = call;
        this.model = model;
    }

    /** The engine has counted. */
    void took(int promptTokens) {
        tokens = promptTokens;
        counted = true;
    }

    /** The answer is there. */
    void finished() {
        finished = true;
    }

    void tell() {
        listener.spent(call, new Spent(model, Usages.read(tokens), counted, finished));
    }
}
