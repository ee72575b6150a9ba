package dev.tandem.gateway.service;

import dev.tandem.runtime.call.Call;

/** Is told what each call of a model took, however it ended: for logs, metrics and quotas. */
@FunctionalInterface
public interface UsageListener {
    /** Called once for each call that reached an engine, on the call's thread; must not block. */
    void spent(Call call, Spent spent);
}
