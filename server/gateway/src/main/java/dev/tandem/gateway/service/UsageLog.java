package dev.tandem.gateway.service;

import dev.tandem.runtime.call.Call;
import dev.tandem.v1.Usage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A log line for each call of a model: who can be asked later what a request took. */
public final class UsageLog implements UsageListener {
    private static final Logger LOG = System.getLogger(UsageLog.class.getName());

    @Override
    public void spent(Call call, Spent spent) {
        Usage usage = spent.usage();
        LOG.log(
                Level.INFO,
                "usage request_id={0} model={1} prompt_tokens={2} completion_tokens={3} counted={4} finished={5}",
                call.requestId(),
                spent.model(),
                Integer.toString(usage.getPromptTokens()),
                Integer.toString(usage.getCompletionTokens()),
                spent.counted(),
                spent.finished());
    }
}
