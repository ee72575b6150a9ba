package com.example.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.KnownKeys;
import dev.tandem.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @AutoClose private final TestServer server = Served.with(new Directory());

    @Test
    void theOpenApiPageHasTheCommentsTheExamplesAndTheErrors() {
        HttpReply page = server.get("/openapi.yaml");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "title: People",
                        "Finds somebody by the id",
                        "The year of birth, where it is known.",
                        "Ada Lovelace",
                        "person_not_found",
                        "multipart/form-data",
                        "application/x-www-form-urlencoded");
    }

    @Test
    void whereKeysAreAskedForTheScopesAreTold() {
        try (TestServer withKeys =
                TestServer.start(
                        Served.server(new Directory(), Served.NOWHERE)
                                .authenticators(List.of(KnownKeys.none().with("k", "me"))))) {
            HttpReply page =
                    withKeys.http(
                            HttpRequest.get("/openapi.yaml").header("authorization", "Bearer k"));

            assertThat(page).hasStatus(200).hasBodyWith("people.write");
        }
    }

    @Test
    void bothPagesAreServed() {
        assertThat(server.get("/docs").status()).isEqualTo(200);
        assertThat(server.get("/redoc").status()).isEqualTo(200);
    }

    @Test
    void theProtoFileIsServedWithItsComments() {
        HttpReply file = server.get("/proto/people/v1/people.proto");

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body()).contains("// Finds somebody by the id.");
    }
}
