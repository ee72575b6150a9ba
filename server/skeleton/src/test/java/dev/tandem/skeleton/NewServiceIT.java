package dev.tandem.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.testing.Client;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Wire;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Ports;
import dev.tandem.testtools.Running;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One command makes a project, and the project does what its README says. */
@TestMethodOrder(OrderAnnotation.class)
class NewServiceIT {
    private static final Path FOLDER =
            Path.of("target", "made", "two words", "people").toAbsolutePath();

    private static NewService project;

    @BeforeAll
    static void make() throws IOException {
        project = NewService.make(FOLDER, "com.acme.people");
    }

    @Test
    @Order(1)
    void itHasTheNamesThatWereAskedFor() throws IOException {
        assertThat(project.read("pom.xml"))
                .contains("<groupId>com.acme</groupId>", "<artifactId>people</artifactId>")
                .contains("<main.class>com.acme.people.Main</main.class>");
        assertThat(project.read("src/main/proto/people/v1/people.proto"))
                .contains("package people.v1;", "java_package = \"com.acme.people.v1\"");
        assertThat(FOLDER.resolve("src/main/java/com/acme/people/PeopleService.java")).exists();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString().substring(FOLDER.toString().length()))
                        .doesNotContainIgnoringCase("skeleton");
                assertThat(Files.readString(file)).doesNotContainIgnoringCase("skeleton");
            }
        }
    }

    @Test
    @Order(2)
    void itsTestsPass() {
        project.mvnw("-B", "-ntp", "verify").output();

        assertThat(FOLDER.resolve("target/surefire-reports")).isNotEmptyDirectory();
        assertThat(FOLDER.resolve("target/people.jar")).exists();
        assertThat(FOLDER.resolve("target/lib"))
                .isDirectoryContaining(lib -> lib.toString().contains("tandem-runtime"))
                .as("neither engines nor their contract come along")
                .isDirectoryNotContaining(lib -> lib.toString().contains("tandem-engine"))
                .isDirectoryNotContaining(lib -> lib.toString().contains("tandem-proto"));
    }

    @Test
    @Order(3)
    void whatWasPackedServesByHttpAndGrpc() throws Exception {
        int port = Ports.free();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Command serve = Command.of(java, "-jar", FOLDER.resolve("target/people.jar").toString());
        try (Running running = serve.with("PORT", String.valueOf(port)).start();
                Client client = new Client(port)) {
            Ports.await(port, running);
            String ada = "{\"id\": \"ada\", \"text\": \"Hello.\"}";

            assertThat(http(client, HttpRequest.post("/v1/people", ada))).hasStatus(200);
            assertThat(http(client, HttpRequest.get("/v1/people/ada"))).hasJson(ada);
            assertThat(http(client, HttpRequest.get("/v1/people/bob")))
                    .hasStatus(404)
                    .hasError("item_not_found");
            assertThat(http(client, HttpRequest.get("/openapi.json")))
                    .as("comments are in the documentation")
                    .hasBodyWith("letters, digits and hyphens");
            assertThat(byGrpc(client, "ada")).contains("Hello.");

            assertThat(running.stop().exit()).isIn(0, 143);
        }
    }

    private static HttpReply http(Client client, HttpRequest request) {
        return client.http(Wire.Version.HTTP_1_1, request);
    }

    /** With the classes that the project has made of its .proto file. */
    @SuppressWarnings("unchecked") // every method of a generated service is one of messages
    private static String byGrpc(Client client, String id) throws Exception {
        URL jar = FOLDER.resolve("target/people.jar").toUri().toURL();
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {jar}, NewServiceIT.class.getClassLoader())) {
            MethodDescriptor<Message, Message> find =
                    (MethodDescriptor<Message, Message>)
                            classes.loadClass("com.acme.people.v1.PeopleGrpc")
                                    .getMethod("getFindMethod")
                                    .invoke(null);
            Message empty =
                    Objects.requireNonNull(
                            ((PrototypeMarshaller<Message>) find.getRequestMarshaller())
                                    .getMessagePrototype());
            Message request =
                    empty.toBuilder()
                            .setField(empty.getDescriptorForType().findFieldByName("id"), id)
                            .build();
            return client.call(Wire.GRPC, find, request).message().toString();
        }
    }

    @Test
    @Order(4)
    void whatCannotBeMadeIsSaid() {
        assertThat(refused(FOLDER.toString())).contains("is there already");
        assertThat(refused("target/made/My-People"))
                .contains("small letters and digits", "'mypeople' would do");
        assertThat(refused("target/made/item")).contains("a message Item already", "'items'");
        assertThat(refused("target/made/class")).contains("'class' is a word of Java's own");
        assertThat(refused("target/made/others", "com.new.others")).contains("'new' is a word");
        assertThat(refused("target/made/others", "people")).contains("a dot at least");
        assertThat(refused()).contains("say which folder");
    }

    /**
     * The folder in which one is, which is a git repository; with names that begin as the
     * skeleton's.
     */
    @Test
    @Order(5)
    void theProjectFillsTheFolderThatIsThere() throws IOException {
        Path folder = NewService.empty(Path.of("target", "made", "skeletons").toAbsolutePath());
        Files.createDirectory(folder.resolve(".git"));

        String command = LocalRepository.root().resolve("new-service").toString();
        Command.of(command, ".", "com.acme.skeleton.parts")
                .in(folder)
                .with(NewService.environment())
                .output();

        assertThat(folder.resolve("src/main/java/com/acme/skeleton/parts/SkeletonsService.java"))
                .content()
                .startsWith("package com.acme.skeleton.parts;")
                .contains("import com.acme.skeleton.parts.v1.SkeletonsGrpc;");
        assertThat(folder.resolve("src/main/proto/skeletons/v1/skeletons.proto"))
                .content()
                .contains("package skeletons.v1;", "service Skeletons {");
    }

    private static String refused(String... words) {
        List<String> all = new ArrayList<>();
        all.add(LocalRepository.root().resolve("new-service").toString());
        all.addAll(List.of(words));
        Running.Ended ended = Command.of(all).with(NewService.environment()).run();
        assertThat(ended.exit()).isEqualTo(1);
        return ended.text();
    }
}
