package dev.tandem.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.DetokenizeResponse;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingResponse;
import dev.tandem.v1.ListModelsResponse;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.RerankResponse;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TokenizeRequest;
import dev.tandem.v1.TokenizeResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JSON of each message as it shall stay: {@code golden/<Message>[.<case>].json} is read and
 * written again, without loss and without addition. Together the files have every field.
 */
class GoldenJsonTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final JsonCodecs CODECS = new JsonCodecs(Profile.CONTRACT);
    private static final JsonCodec ANY =
            new JsonCodecs(Profile.CANONICAL).of(Struct.getDefaultInstance());

    private static final Map<String, Message> TYPES =
            Stream.<Message>of(
                            ChatRequest.getDefaultInstance(),
                            ChatCompletion.getDefaultInstance(),
                            ChatChunk.getDefaultInstance(),
                            CompletionRequest.getDefaultInstance(),
                            TextCompletion.getDefaultInstance(),
                            EmbeddingRequest.getDefaultInstance(),
                            EmbeddingResponse.getDefaultInstance(),
                            TokenizeRequest.getDefaultInstance(),
                            TokenizeResponse.getDefaultInstance(),
                            DetokenizeRequest.getDefaultInstance(),
                            DetokenizeResponse.getDefaultInstance(),
                            RerankRequest.getDefaultInstance(),
                            RerankResponse.getDefaultInstance(),
                            ListModelsResponse.getDefaultInstance())
                    .collect(
                            Collectors.toMap(
                                    type -> type.getDescriptorForType().getName(),
                                    Function.identity()));

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsReadIsWrittenAgain(Path file) throws JsonException {
        JsonBuffer out = new JsonBuffer();
        codec(file).write(read(file), out);

        assertThat(ANY.read(out.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ANY.read(bytes(file)));
    }

    @Test
    void everyFieldOfEveryMessageIsInAFile() throws IOException {
        Set<String> seen = new TreeSet<>();
        files().forEach(file -> note(read(file), seen));
        Set<String> declared = new TreeSet<>();
        TYPES.values().forEach(type -> note(type.getDescriptorForType(), declared));

        assertThat(seen).containsAll(declared);
    }

    private static void note(Message message, Set<String> seen) {
        message.getAllFields()
                .forEach((field, value) -> {
                    seen.add(field.getFullName());
                    if (field.getJavaType() == JavaType.MESSAGE) {
                        List<?> messages = value instanceof List<?> list ? list : List.of(value);
                        messages.forEach(each -> note((Message) each, seen));
                    }
                });
    }

    private static void note(Descriptor type, Set<String> declared) {
        FileDescriptor file = type.getFile();
        if (!file.getPackage().equals("tandem.v1")) {
            return;
        }
        for (FieldDescriptor field : type.getFields()) {
            if (declared.add(field.getFullName()) && field.getJavaType() == JavaType.MESSAGE) {
                note(field.getMessageType(), declared);
            }
        }
    }

    private static Message read(Path file) {
        try {
            return codec(file).read(bytes(file));
        } catch (JsonException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    private static JsonCodec codec(Path file) {
        String name = String.valueOf(file.getFileName());
        return CODECS.of(requireNonNull(TYPES.get(name.substring(0, name.indexOf('.'))), name));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
