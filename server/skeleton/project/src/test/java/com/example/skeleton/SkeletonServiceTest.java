package com.example.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.skeleton.v1.AddRequest;
import com.example.skeleton.v1.FindRequest;
import com.example.skeleton.v1.Item;
import com.example.skeleton.v1.ListRequest;
import com.example.skeleton.v1.SkeletonGrpc;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.EachServerStreamWire;
import dev.tandem.testing.EachUnaryWire;
import dev.tandem.testing.TestServer;
import dev.tandem.testing.Wire;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Each test starts the server as it is, and calls it by every wire. */
class SkeletonServiceTest {
    @AutoClose private final TestServer server = TestServer.start(Main.server(new Items()));

    @EachUnaryWire
    void whatWasAddedIsFound(Wire wire) {
        server.call(wire, SkeletonGrpc.getAddMethod(), add("ada", "Hello."));

        assertThat(server.call(wire, SkeletonGrpc.getFindMethod(), find("ada")))
                .hasMessage(item("ada", "Hello."));
    }

    @EachUnaryWire
    void whatIsNotThereIsNotFound(Wire wire) {
        assertThat(server.call(wire, SkeletonGrpc.getFindMethod(), find("ada")))
                .failsWith(Code.NOT_FOUND, "item_not_found")
                .at("id");
    }

    @EachUnaryWire
    void anIdIsTakenOnce(Wire wire) {
        server.call(wire, SkeletonGrpc.getAddMethod(), add("ada", ""));

        assertThat(server.call(wire, SkeletonGrpc.getAddMethod(), add("ada", "")))
                .failsWith(Code.ALREADY_EXISTS, "item_exists");
    }

    @EachUnaryWire
    void anIdHasNoBlanks(Wire wire) {
        assertThat(server.call(wire, SkeletonGrpc.getAddMethod(), add("a da", "")))
                .violates("id", "string.pattern");
    }

    @EachServerStreamWire
    void theListHasThoseThatBeginSo(Wire wire) {
        server.call(Wire.GRPC, SkeletonGrpc.getAddMethod(), add("ada", ""));
        server.call(Wire.GRPC, SkeletonGrpc.getAddMethod(), add("alan", ""));
        server.call(Wire.GRPC, SkeletonGrpc.getAddMethod(), add("bob", ""));

        ListRequest request = ListRequest.newBuilder().setPrefix("a").build();

        assertThat(server.call(wire, SkeletonGrpc.getListMethod(), request))
                .hasMessages(item("ada", ""), item("alan", ""));
    }

    @Test
    void itIsPlainHttpToo() {
        assertThat(server.post("/v1/skeleton", "{\"id\": \"ada\", \"text\": \"Hello.\"}"))
                .hasStatus(200)
                .hasJson("{\"id\": \"ada\", \"text\": \"Hello.\"}");
        assertThat(server.get("/v1/skeleton/bob")).hasStatus(404).hasError("item_not_found");
    }

    private static AddRequest add(String id, String text) {
        return AddRequest.newBuilder().setId(id).setText(text).build();
    }

    private static FindRequest find(String id) {
        return FindRequest.newBuilder().setId(id).build();
    }

    private static Item item(String id, String text) {
        return Item.newBuilder().setId(id).setText(text).build();
    }
}
