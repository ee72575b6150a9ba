package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.llamacpp.gguf.BadModelFile;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.runtime.admission.Overloaded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RealModelLifeTest {
    private static final ModelOptions SMALL =
            ModelOptions.defaults().withContextPerSlot(512).withSlots(2).withQueueLimit(1);

    @BeforeAll
    static void findTheModel() {
        RealModel.library();
        RealModel.file();
    }

    private static GenerationRequest.Builder story(LlamaModel model) throws InterruptedException {
        return GenerationRequest.of(RealModel.chat(model, "Tell me a long story about a dog."));
    }

    @Test
    void cancellingFreesTheSlotForTheNextInLine() throws InterruptedException {
        try (LlamaModel model = RealModel.load(SMALL.withSlots(1))) {
            Generation running = model.submit(story(model).build());
            assertThat(running.next()).isNotNull();
            Generation waiting = model.submit(story(model).maxTokens(2).build());
            assertThatThrownBy(() -> model.submit(story(model).build()))
                    .isInstanceOfSatisfying(
                            Overloaded.class, e -> assertThat(e.waiting()).isEqualTo(1));
            running.cancel();
            assertThat(running.next()).isNull();
            assertThat(RealModel.pieces(waiting).getLast().finish()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void cancellingDuringAPromptDoesNotWaitForIt() throws InterruptedException {
        int[] prompt = new int[600];
        Arrays.fill(prompt, 300);
        try (LlamaModel model = RealModel.load(SMALL.withSlots(1).withContextPerSlot(1_024))) {
            long start = System.nanoTime();
            Generation first = model.submit(GenerationRequest.of(prompt).maxTokens(1).build());
            RealModel.pieces(first);
            long whole = System.nanoTime() - start;
            Generation cancelled = model.submit(GenerationRequest.of(prompt).maxTokens(1).build());
            start = System.nanoTime();
            cancelled.cancel();
            Generation next =
                    model.submit(GenerationRequest.of(new int[] {300}).maxTokens(1).build());
            RealModel.pieces(next);
            assertThat(System.nanoTime() - start).isLessThan(whole / 2);
        }
    }

    @Test
    void aReaderWhoDoesNotReadHoldsUpNobodyElse() throws InterruptedException {
        try (LlamaModel model = RealModel.load(SMALL)) {
            Generation unread = model.submit(story(model).maxTokens(60).build());
            Generation read = model.submit(story(model).maxTokens(50).build());
            assertThat(RealModel.pieces(read).getLast().finish()).isEqualTo(FinishReason.LENGTH);
            assertThat(unread.usage().completionTokens())
                    .isLessThanOrEqualTo(Generation.UNREAD_PIECES + 4);
            assertThat(RealModel.pieces(unread).getLast().finish()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void aConversationIsComputedFromWhereItGrew() throws InterruptedException {
        try (LlamaModel model = RealModel.load(SMALL)) {
            String first = "<|im_start|>user\nWhat is the capital of France?<|im_end|>\n";
            String more =
                    first + "<|im_start|>assistant\nParis.<|im_end|>\n<|im_start|>user\nAnd Italy?";
            Generation one = model.submit(turn(model, first, "anna"));
            assertThat(RealModel.text(one)).contains("Paris");
            assertThat(one.usage().cachedPromptTokens()).isZero();
            Generation other = model.submit(turn(model, more, "bert"));
            RealModel.pieces(other);
            assertThat(other.usage().cachedPromptTokens()).isZero();
            Generation two = model.submit(turn(model, more, "anna"));
            assertThat(RealModel.text(two)).contains("Ital");
            assertThat(two.usage().cachedPromptTokens()).isGreaterThanOrEqualTo(15);
        }
    }

    private static GenerationRequest turn(LlamaModel model, String text, String salt)
            throws InterruptedException {
        int[] prompt = model.tokenize(text + "<|im_start|>assistant\n", true, false);
        return GenerationRequest.of(prompt).maxTokens(12).cacheSalt(salt).build();
    }

    @Test
    void closingFailsWhatRunsWaitsOrComes() throws Exception {
        LlamaModel model = RealModel.load(SMALL.withSlots(1));
        GenerationRequest request = story(model).build();
        Generation running = model.submit(request);
        Generation waiting = model.submit(request);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                RealModel.pieces(running);
                                end.complete(new AssertionError("it ended"));
                            } catch (EngineFailure | InterruptedException e) {
                                end.complete(e);
                            }
                        });
        model.close();
        model.close();
        assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(EngineFailure.class);
        reader.join();
        assertThatThrownBy(waiting::next).hasMessageContaining("closed");
        assertThatThrownBy(() -> model.submit(request)).isInstanceOf(EngineFailure.class);
        assertThatThrownBy(() -> model.tokenize("x", false, false))
                .isInstanceOf(EngineFailure.class);
    }

    /**
     * Each thread gets a pool of the C library's own, up to eight a core; after that what is freed
     * is used again.
     */
    @Test
    void loadingAndClosingManyTimesKeepsNoMemory() throws Exception {
        List<Long> resident = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            try (LlamaModel model = RealModel.load(SMALL)) {
                RealModel.pieces(model.submit(story(model).maxTokens(2).build()));
            }
            System.gc();
            resident.add(residentKilobytes());
        }
        long growth = resident.getLast() - resident.get(11);
        assertThat(growth).as("growth in kB over %s", resident).isLessThan(60_000);
    }

    private static long residentKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    @Test
    void textsAreSplitBesideEachOther() throws Exception {
        try (LlamaModel model = RealModel.load(SMALL);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<int[]>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(
                        threads.submit(
                                () -> model.tokenize("The capital of France", false, false)));
            }
            for (Future<int[]> one : all) {
                assertThat(one.get()).isEqualTo(all.getFirst().get());
            }
        }
    }

    @Test
    void filesThatAreNoModelAreRefused(@TempDir Path folder) throws IOException {
        LlamaLibrary library = RealModel.library();
        Path cut = folder.resolve("cut.gguf");
        try (FileChannel from = FileChannel.open(RealModel.file());
                FileChannel to =
                        FileChannel.open(
                                cut, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            from.transferTo(0, from.size() - 1_000_000, to);
        }
        assertThatThrownBy(() -> LlamaModel.load(library, cut, SMALL))
                .isInstanceOf(BadModelFile.class)
                .hasMessageContaining("incomplete");
        Path text = Files.writeString(folder.resolve("text.gguf"), "no model");
        assertThatThrownBy(() -> LlamaModel.load(library, text, SMALL))
                .isInstanceOf(BadModelFile.class);
    }

    @Test
    void whatOnlyLlamaCppCanRefuseIsABadFileToo(@TempDir Path folder) throws IOException {
        Path renamed = folder.resolve("renamed.gguf");
        Files.copy(RealModel.file(), renamed);
        replaceFirst(renamed, "token_embd.weight", "token_embd.weighs");
        assertThatThrownBy(() -> LlamaModel.load(RealModel.library(), renamed, SMALL))
                .isInstanceOf(BadModelFile.class)
                .hasMessageContaining("token_embd.weight");
    }

    private static void replaceFirst(Path file, String text, String by) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(4 << 20);
            channel.read(header, 0);
            var latin = StandardCharsets.ISO_8859_1;
            int at = new String(header.array(), latin).indexOf(text);
            channel.write(ByteBuffer.wrap(by.getBytes(latin)), at);
        }
    }

    @Test
    void aModelOverTheBudgetIsNotLoaded() {
        assertThatThrownBy(() -> RealModel.load(SMALL.withMemoryBudget(110_000_000)))
                .isInstanceOf(BudgetExceeded.class)
                .hasMessageContaining("lower contextPerSlot or slots");
    }
}
