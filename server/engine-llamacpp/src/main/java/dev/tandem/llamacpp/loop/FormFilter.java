package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.NativeFailure;
import dev.tandem.structured.grammar.Grammar;
import java.util.BitSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds one choice to the form of its answer: watches for the marks where a grammar begins, and
 * from there on asks the grammar. Finds the same marks as {@link PartSplitter}, but sees each token
 * before it is chosen.
 */
final class FormFilter implements TokenFilter {
    private enum Phase {
        BEGIN,
        THINKING,
        FREE,
        BOUND
    }

    private final AnswerForm form;
    private final Vocabulary vocabulary;
    private final Function<String, TokenFilter> grammars;
    private final BitSet hidden;
    private final BitSet refused = new BitSet();
    private final TokenWindow window;
    private Phase phase;
    private @Nullable TokenFilter grammar;
    private @Nullable TokenFilter begun;
    private int begunFor = -1;
    private boolean mayCall;

    /**
     * @param grammars starts a grammar given as GBNF; closed with the filter
     * @throws NativeFailure where the grammar of the whole answer is not accepted
     */
    FormFilter(AnswerForm form, Vocabulary vocabulary, Function<String, TokenFilter> grammars) {
        this.form = form;
        this.vocabulary = vocabulary;
        this.grammars = grammars;
        this.window = new TokenWindow(vocabulary);
        this.hidden = vocabulary.controlsExcept(form::shows);
        this.mayCall = form.calls() != null && form.calls().grammar() != null;
        AnswerForm.Thinking thinking = form.thinking();
        boolean opened = thinking != null && thinking.opened();
        phase = thinking == null ? afterThoughts() : opened ? Phase.THINKING : Phase.BEGIN;
        if (!opened && form.grammar() != null) {
            grammar = grammars.apply(form.grammar().gbnf());
        }
    }

    private Phase afterThoughts() {
        return form.grammar() == null ? Phase.FREE : Phase.BOUND;
    }

    @Override
    public boolean allows(int token) {
        boolean allowed =
                switch (phase) {
                    case BOUND -> bound(token);
                    case BEGIN ->
                            opensThoughts(token) || (grammar == null ? free(token) : bound(token));
                    case THINKING -> thinking(token);
                    case FREE -> free(token);
                };
        if (!allowed) {
            refused.set(token);
        }
        return allowed;
    }

    private boolean bound(int token) {
        return grammar != null && !hidden.get(token) && grammar.allows(token);
    }

    /** Whether the first mark of thoughts has come with this token, or may come behind it. */
    private boolean opensThoughts(int token) {
        if (form.thinking() == null || vocabulary.isEnd(token)) {
            return false;
        }
        String begin = form.thinking().begin();
        String text = window.with(token).stripLeading();
        return text.startsWith(begin) || (grammar == null && begin.startsWith(text));
    }

    private boolean thinking(int token) {
        if (form.thinking() == null || form.grammar() == null) {
            return true;
        }
        if (vocabulary.isEnd(token)) {
            return false;
        }
        int at = window.with(token).indexOf(form.thinking().end());
        return at < 0 || begins(form.grammar(), at + form.thinking().end().length(), token);
    }

    private boolean free(int token) {
        int at = trigger(token);
        return at < 0 || vocabulary.isEnd(token) || begins(callGrammar(), at, token);
    }

    /** Where calls begin once this token has come; -1 where they do not. */
    private int trigger(int token) {
        AnswerForm.Calls calls = form.calls();
        if (calls == null || !mayCall) {
            return -1;
        }
        String text = window.with(token);
        if (!calls.atBegin()) {
            return text.indexOf(calls.trigger());
        }
        String start = text.stripLeading();
        return start.startsWith(calls.trigger()) ? text.length() - start.length() : -1;
    }

    private Grammar callGrammar() {
        if (form.calls() == null || form.calls().grammar() == null) {
            throw new IllegalStateException("this answer has no calls");
        }
        return form.calls().grammar();
    }

    /** Starts a grammar at a place that the candidate reaches; whether it takes the candidate. */
    private boolean begins(Grammar next, int place, int token) {
        forgetBegun();
        TokenWindow.Start start = window.startAt(place, token);
        try {
            begun = grammars.apply(next.behind(start.prefix()).gbnf());
        } catch (NativeFailure e) {
            throw new EngineFailure("the grammar was refused: " + e.getMessage(), e);
        }
        begunFor = token;
        for (int before : start.tokens()) {
            if (!begun.allows(before)) {
                return false;
            }
            begun.accept(before);
        }
        return !hidden.get(token) && begun.allows(token);
    }

    @Override
    public void filter(float[] logits) {
        if (grammar != null) {
            grammar.filter(logits);
            mask(hidden, logits);
        } else {
            mask(refused, logits);
        }
    }

    private static void mask(BitSet tokens, float[] logits) {
        tokens.stream().forEach(token -> logits[token] = Float.NEGATIVE_INFINITY);
    }

    @Override
    public void accept(int token) {
        refused.clear();
        if (begun != null && begunFor == token) {
            bind(begun, token);
            begun = null;
            return;
        }
        forgetBegun();
        if (!vocabulary.isEnd(token)) {
            goOn(token);
        } else if (grammar != null) {
            grammar.accept(token);
        }
    }

    private void bind(TokenFilter next, int token) {
        if (grammar != null) {
            grammar.close();
        }
        grammar = next;
        next.accept(token);
        phase = Phase.BOUND;
    }

    private void goOn(int token) {
        switch (phase) {
            case BOUND -> bind(token);
            case BEGIN -> leaveBegin(token);
            case THINKING -> think(token);
            case FREE -> watch(token);
        }
    }

    private void bind(int token) {
        if (grammar != null) {
            grammar.accept(token);
        }
    }

    private void leaveBegin(int token) {
        if (!opensThoughts(token)) {
            phase = afterThoughts();
            if (phase == Phase.BOUND) {
                bind(token);
            } else {
                watch(token);
            }
            return;
        }
        window.add(token);
        if (form.thinking() != null
                && window.text().stripLeading().startsWith(form.thinking().begin())) {
            closeGrammar();
            window.clear();
            phase = Phase.THINKING;
        }
    }

    private void think(int token) {
        window.add(token);
        if (form.thinking() != null) {
            String end = form.thinking().end();
            if (window.text().contains(end)) { // behind it comes no grammar, or it began just now
                window.clear();
                phase = Phase.FREE;
            } else {
                window.keep(end.length());
            }
        }
    }

    private void watch(int token) {
        AnswerForm.Calls calls = form.calls();
        if (calls == null || !mayCall) {
            return;
        }
        window.add(token);
        if (!calls.atBegin()) {
            window.keep(calls.trigger().length());
        } else if (!calls.trigger().startsWith(window.text().stripLeading())) {
            mayCall = false;
            window.clear();
        }
    }

    private void closeGrammar() {
        if (grammar != null) {
            grammar.close();
            grammar = null;
        }
    }

    private void forgetBegun() {
        if (begun != null) {
            begun.close();
            begun = null;
        }
        begunFor = -1;
    }

    @Override
    public void close() {
        forgetBegun();
        closeGrammar();
    }
}
