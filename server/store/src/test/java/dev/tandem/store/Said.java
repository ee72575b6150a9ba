package dev.tandem.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it is told. */
final class Said implements Progress {
    final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    public void begin(String what, long bytes) {
        said.add("begin " + what + " " + bytes);
    }

    @Override
    public void at(long bytes) {}

    @Override
    public void end() {
        said.add("end");
    }

    @Override
    public void note(String sentence) {
        said.add(sentence);
    }
}
