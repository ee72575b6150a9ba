package dev.tandem.llamacpp.loop;

import dev.tandem.llamacpp.natives.DecodeResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A model of ten tokens, the digits, that counts: after 3 comes 4, and 0, after 9, ends the text.
 * Checks that positions follow each other, as llama.cpp does.
 */
final class FakeDecoder implements Decoder {
    static final int TOKENS = 10;

    /** Rows of each sequence, one map a batch, in the order in which they were added. */
    final List<Map<Integer, Integer>> batches = new ArrayList<>();

    final Map<Integer, List<Integer>> sequences = new TreeMap<>();
    final Deque<DecodeResult> results = new ArrayDeque<>();
    boolean truncates = true;
    boolean computesNothing;
    Runnable duringDecode = () -> {};
    private final List<Integer> rows = new ArrayList<>();
    private List<Integer> computed = List.of();
    private Map<Integer, Integer> batch = new LinkedHashMap<>();
    private BooleanSupplier abort = () -> false;

    /** What a sequence holds. */
    List<Integer> tokens(int sequence) {
        return sequences.computeIfAbsent(sequence, s -> new ArrayList<>());
    }

    static Vocabulary vocabulary() {
        byte[][] pieces = new byte[TOKENS][];
        for (int token = 0; token < TOKENS; token++) {
            pieces[token] = new byte[] {(byte) ('0' + token)};
        }
        BitSet ends = new BitSet();
        ends.set(0);
        return new Vocabulary(pieces, ends, new BitSet(), -1, 0, false);
    }

    @Override
    public int add(int token, int position, int sequence, boolean output) {
        List<Integer> tokens = tokens(sequence);
        if (position != tokens.size()) {
            throw new IllegalStateException(position + " does not follow " + tokens);
        }
        tokens.add(token);
        rows.add(token);
        batch.merge(sequence, 1, Integer::sum);
        return rows.size() - 1;
    }

    @Override
    public DecodeResult decode() {
        duringDecode.run();
        batches.add(batch);
        batch = new LinkedHashMap<>();
        computed = List.copyOf(rows);
        rows.clear();
        if (abort.getAsBoolean()) {
            return DecodeResult.ABORTED;
        }
        return results.isEmpty() ? DecodeResult.DONE : results.remove();
    }

    @Override
    public void readLogits(int row, float[] target) {
        Arrays.fill(target, computesNothing ? Float.NaN : 0);
        if (!computesNothing) {
            target[(computed.get(row) + 1) % TOKENS] = 9;
        }
    }

    @Override
    public boolean truncate(int sequence, int from) {
        if (truncates) {
            List<Integer> tokens = tokens(sequence);
            tokens.subList(from, tokens.size()).clear();
        }
        return truncates;
    }

    @Override
    public void clear(int sequence) {
        sequences.remove(sequence);
    }

    @Override
    public void clearAll() {
        sequences.clear();
    }

    @Override
    public void copy(int source, int target) {
        sequences.put(target, new ArrayList<>(tokens(source)));
    }

    @Override
    public void abortWhen(BooleanSupplier question) {
        abort = question;
    }

    @Override
    public TokenFilter startGrammar(String gbnf) {
        throw new UnsupportedOperationException("the counting model knows no grammars");
    }

    @Override
    public String reason(String what) {
        return what;
    }
}
