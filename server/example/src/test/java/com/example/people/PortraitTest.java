package com.example.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.people.v1.FindRequest;
import com.example.people.v1.PeopleGrpc;
import com.example.people.v1.Person;
import com.example.people.v1.SetPortraitRequest;
import com.google.protobuf.ByteString;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.EachUnaryWire;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Reply;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PortraitTest {
    private static final ByteString PNG = ByteString.fromHex("89504e470d0a1a0a00ff0d0a2d2d");
    private static final int MIB = 1 << 20;

    private final Directory directory = new Directory();

    @AutoClose private final TestServer server = Served.with(directory);

    @BeforeEach
    void adaIsKnown() {
        assertThat(directory.add(Person.newBuilder().setName("Ada Lovelace").build())).isPresent();
    }

    private Reply<Person> portray(Wire wire, String id, ByteString picture) {
        return server.call(
                wire,
                PeopleGrpc.getSetPortraitMethod(),
                SetPortraitRequest.newBuilder().setId(id).setPicture(picture).build());
    }

    /** As a browser sends it. */
    private static HttpRequest upload(ByteString picture) {
        ByteString head =
                ByteString.copyFromUtf8(
                        """
                        --edge\r
                        Content-Disposition: form-data; name="picture"; filename="ada.png"\r
                        Content-Type: image/png\r
                        \r
                        """);
        ByteString end = ByteString.copyFrom("\r\n--edge--\r\n", StandardCharsets.US_ASCII);
        return new HttpRequest(
                "POST",
                "/v1/people/ada-lovelace/portrait",
                Map.of("content-type", "multipart/form-data; boundary=edge"),
                head.concat(picture).concat(end).toByteArray());
    }

    private static ByteString png(int bytes) {
        return PNG.concat(ByteString.copyFrom(new byte[bytes - PNG.size()]));
    }

    @EachUnaryWire
    void keepsAPortrait(Wire wire) {
        assertThat(portray(wire, "ada-lovelace", PNG)).isOk();

        assertThat(directory.find("ada-lovelace").orElseThrow().getPortrait()).isEqualTo(PNG);
    }

    @Test
    void takesAnUploadAsItIs() {
        assertThat(server.http(upload(PNG))).hasStatus(200);

        assertThat(directory.find("ada-lovelace").orElseThrow().getPortrait()).isEqualTo(PNG);
    }

    @Test
    void anUploadOfAMebibyteIsTheLargest() {
        assertThat(server.http(upload(png(MIB)))).hasStatus(200);
        assertThat(server.http(upload(png(MIB + 1)))).hasStatus(422);
        assertThat(server.http(upload(png(MIB + 1))).body()).contains("picture", "bytes.max_len");
    }

    @Test
    void anUploadThatIsLargerThanAnyRequestIsNotReadWhole() {
        assertThat(server.http(upload(png(5 * MIB)))).hasStatus(413);
        assertThat(server.http(upload(png(5 * MIB))).body()).contains("request_too_large");
    }

    @EachUnaryWire
    void aPictureThatIsTooLargeIsABrokenRule(Wire wire) {
        assertThat(portray(wire, "ada-lovelace", png(MIB + 1)))
                .violates("picture", "bytes.max_len");
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "GRPC_WEB", "CONNECT", "REST"})
    void aRequestThatIsTooLargeIsRefused(Wire wire) {
        assertThat(portray(wire, "ada-lovelace", png(5 * MIB)))
                .failsWith(Code.TOO_LARGE, "request_too_large");
    }

    @EachUnaryWire
    void whatIsNoPictureIsRefused(Wire wire) {
        assertThat(portray(wire, "ada-lovelace", ByteString.copyFromUtf8("GIF89a")))
                .violates("picture", "format");
    }

    @EachUnaryWire
    void nobodyHasNoPortrait(Wire wire) {
        assertThat(portray(wire, "nobody", PNG)).failsWith(Code.NOT_FOUND, "person_not_found");
    }

    @EachUnaryWire
    void whoAsksForItFindsThePortrait(Wire wire) {
        assertThat(portray(wire, "ada-lovelace", PNG)).isOk();
        FindRequest without = FindRequest.newBuilder().setId("ada-lovelace").build();
        FindRequest with = without.toBuilder().setWithPortrait(true).build();

        assertThat(server.call(wire, PeopleGrpc.getFindMethod(), without).message().hasPortrait())
                .isFalse();
        assertThat(server.call(wire, PeopleGrpc.getFindMethod(), with).message().getPortrait())
                .isEqualTo(PNG);
    }

    @Test
    void theQueryAsksForThePortrait() {
        assertThat(directory.portray("ada-lovelace", PNG)).isPresent();

        assertThat(server.get("/v1/people/ada-lovelace?with_portrait=true").body())
                .contains("\"portrait\":\"iVBORw0KGgoA");
    }
}
