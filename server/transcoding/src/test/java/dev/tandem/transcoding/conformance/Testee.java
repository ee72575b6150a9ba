package dev.tandem.transcoding.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What protobuf's conformance runner talks with: requests come length-prefixed on the standard
 * input, answers go to the standard output. Answers those about JSON with the canonical codec, and
 * skips the others, which are about protobuf-java.
 */
final class Testee {
    private final Map<String, FileDescriptor> files = new HashMap<>();
    private final Map<String, FileDescriptorProto> protos = new HashMap<>();
    private final TypeRegistry types;
    private final JsonCodecs codecs;
    private final Descriptor requestType;
    private final Descriptor responseType;

    private Testee(FileDescriptorSet set) throws DescriptorValidationException {
        set.getFileList().forEach(file -> protos.put(file.getName(), file));
        TypeRegistry.Builder registry = TypeRegistry.newBuilder();
        for (FileDescriptorProto file : set.getFileList()) {
            registry.add(built(file).getMessageTypes());
        }
        types = registry.build();
        codecs = new JsonCodecs(Profile.CANONICAL, types);
        requestType = types.find("conformance.ConformanceRequest");
        responseType = types.find("conformance.ConformanceResponse");
    }

    private FileDescriptor built(FileDescriptorProto file) throws DescriptorValidationException {
        FileDescriptor built = files.get(file.getName());
        if (built == null) {
            FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
            for (int i = 0; i < imports.length; i++) {
                FileDescriptorProto imported = protos.get(file.getDependency(i));
                if (imported == null) {
                    throw new IllegalArgumentException(
                            file.getDependency(i) + " is not in the set");
                }
                imports[i] = built(imported);
            }
            built = FileDescriptor.buildFrom(file, imports);
            files.put(file.getName(), built);
        }
        return built;
    }

    /**
     * Answers until the input ends.
     *
     * @param arguments the descriptor set of the suite's messages
     */
    public static void main(String[] arguments) throws Exception {
        Testee testee =
                new Testee(FileDescriptorSet.parseFrom(Files.readAllBytes(Path.of(arguments[0]))));
        DataInputStream in = new DataInputStream(System.in);
        try (DataOutputStream out = new DataOutputStream(standardOutput())) {
            int first = in.read();
            while (first >= 0) {
                int length = Integer.reverseBytes(first << 24 | tail(in));
                byte[] answer = testee.answer(in.readNBytes(length)).toByteArray();
                out.writeInt(Integer.reverseBytes(answer.length));
                out.write(answer);
                out.flush();
                first = in.read();
            }
        }
    }

    private static java.io.OutputStream standardOutput() {
        return new java.io.FileOutputStream(java.io.FileDescriptor.out);
    }

    private static int tail(DataInputStream in) throws IOException {
        return in.readUnsignedByte() << 16 | in.readUnsignedShort();
    }

    private Message answer(byte[] bytes) throws InvalidProtocolBufferException {
        DynamicMessage request = DynamicMessage.parseFrom(requestType, bytes);
        DynamicMessage.Builder response = DynamicMessage.newBuilder(responseType);
        FieldDescriptor json = field(requestType, "json_payload");
        String category = request.getField(field(requestType, "test_category")).toString();
        boolean toJson =
                request.getField(field(requestType, "requested_output_format"))
                        .toString()
                        .equals("JSON");
        boolean known = category.equals("JSON_TEST") && (toJson || request.hasField(json));
        Descriptor type = types.find((String) request.getField(field(requestType, "message_type")));
        if (!known || type == null) {
            return response.setField(field(responseType, "skipped"), "not about JSON").build();
        }
        Message message;
        try {
            message = read(request, json, type);
        } catch (JsonException | InvalidProtocolBufferException e) {
            return response.setField(
                            field(responseType, "parse_error"), String.valueOf(e.getMessage()))
                    .build();
        }
        if (!toJson) {
            ByteString payload = message.toByteString();
            return response.setField(field(responseType, "protobuf_payload"), payload).build();
        }
        try {
            JsonBuffer out = new JsonBuffer();
            codecs.of(message.getDefaultInstanceForType()).write(message, out);
            String text = new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
            return response.setField(field(responseType, "json_payload"), text).build();
        } catch (IllegalArgumentException e) {
            return response.setField(
                            field(responseType, "serialize_error"), String.valueOf(e.getMessage()))
                    .build();
        }
    }

    private Message read(DynamicMessage request, FieldDescriptor json, Descriptor type)
            throws JsonException, InvalidProtocolBufferException {
        if (request.hasField(json)) {
            byte[] text = ((String) request.getField(json)).getBytes(StandardCharsets.UTF_8);
            return codecs.of(DynamicMessage.getDefaultInstance(type)).read(text);
        }
        ByteString payload = (ByteString) request.getField(field(requestType, "protobuf_payload"));
        return DynamicMessage.parseFrom(type, payload);
    }

    private static FieldDescriptor field(Descriptor type, String name) {
        FieldDescriptor field = type.findFieldByName(name);
        if (field == null) {
            throw new IllegalArgumentException(type.getFullName() + " has no field " + name);
        }
        return field;
    }
}
