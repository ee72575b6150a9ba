package dev.tandem.gateway.extract;

import dev.tandem.runtime.call.Sink;
import dev.tandem.structured.check.SchemaCheck;
import dev.tandem.structured.check.Violation;
import dev.tandem.structured.json.JsonReader;
import dev.tandem.structured.partial.GrowingList;
import dev.tandem.structured.partial.NotJson;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.ExtractedItem;
import dev.tandem.v1.ItemEvent;
import dev.tandem.v1.ItemsEnd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A list, item by item. Valid items are sent at once and never again; those that are not are asked
 * for when the list has ended. A list that breaks off is tried again only where nothing of it was
 * sent. Used by the call's thread.
 */
final class ItemStream {
    private static final SchemaCheck ANY_LIST = SchemaCheck.of(ListSchema.ofAnything());
    private static final JsonReader READER = new JsonReader(SchemaCheck.MAX_CHARACTERS, 200);

    private final ExtractRequest request;
    private final Wanted wanted;
    private final Tries tries;
    private final Sink<ItemEvent> sink;
    private final Set<String> sent = new HashSet<>(); // in one spelling
    private final List<BrokenItem> rejected = new ArrayList<>();
    private GrowingList list = GrowingList.property(ListSchema.ITEMS);
    private int count;
    private boolean torn;

    ItemStream(ExtractRequest request, Wanted wanted, Tries tries, Sink<ItemEvent> sink) {
        this.request = request;
        this.wanted = wanted;
        this.tries = tries;
        this.sink = sink;
    }

    void run() throws InterruptedException {
        Answer answer = readList();
        while (!rejected.isEmpty() && tries.mayGoOn()) {
            List<BrokenItem> asked =
                    List.copyOf(
                            rejected.subList(0, Math.min(rejected.size(), Correction.MOST_ITEMS)));
            tries.goOn(answer, Correction.ofItems(asked));
            answer = tries.next(piece -> {});
            if (ANY_LIST.violations(answer.json()).isEmpty()) {
                rejected.subList(0, asked.size()).clear();
                takeCorrected(answer.json(), asked);
            }
        }
        sink.send(end());
    }

    private Answer readList() throws InterruptedException {
        while (true) {
            list = GrowingList.property(ListSchema.ITEMS);
            torn = false;
            Answer answer = tries.next(this::grow);
            List<Violation> form = ANY_LIST.violations(answer.json());
            if (form.isEmpty()) {
                return answer;
            }
            if (count > 0) {
                throw Tries.invalid(form); // what was sent cannot be taken back
            }
            rejected.clear();
            tries.correct(answer, form);
        }
    }

    private void grow(String piece) {
        if (torn) {
            return;
        }
        try {
            for (String item : list.take(piece)) {
                List<Violation> broken = wanted.violations(item);
                if (broken.isEmpty()) {
                    send(item);
                } else {
                    rejected.add(new BrokenItem(item, broken));
                }
            }
        } catch (NotJson e) {
            torn = true; // the whole answer's check says so at its end
        }
    }

    /** No more than were asked for, and none that was sent: models repeat whole lists. */
    private void takeCorrected(String json, List<BrokenItem> asked) {
        int open = asked.size();
        for (String item : GrowingList.property(ListSchema.ITEMS).take(json)) {
            if (open > 0 && !sent.contains(spelled(item))) {
                open--;
                List<Violation> broken = wanted.violations(item);
                if (broken.isEmpty()) {
                    send(item);
                } else {
                    rejected.add(new BrokenItem(item, broken));
                }
            }
        }
        rejected.addAll(asked.subList(asked.size() - open, asked.size()));
    }

    private void send(String item) {
        sent.add(spelled(item));
        ExtractedItem.Builder told = ExtractedItem.newBuilder().setIndex(count++).setValue(item);
        wanted.binary(request, item).ifPresent(told::setMessage);
        sink.send(ItemEvent.newBuilder().setItem(told).build());
    }

    /** Equal items have equal texts. */
    private static String spelled(String item) {
        return READER.read(item).text();
    }

    private ItemEvent end() {
        ItemsEnd.Builder end =
                ItemsEnd.newBuilder()
                        .setId(tries.id())
                        .setModel(tries.model())
                        .setItems(count)
                        .setMode(tries.mode())
                        .setTries(tries.count())
                        .setUsage(tries.usage());
        rejected.forEach(item -> end.addRejected(item.toMessage()));
        return ItemEvent.newBuilder().setEnd(end).build();
    }
}
