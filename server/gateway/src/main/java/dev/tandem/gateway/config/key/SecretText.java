package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Node;
import dev.tandem.runtime.auth.Secret;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;

/** A value that is told to nobody; it may also come from a file. */
record SecretText() implements Type<Secret> {

    @Override
    public String name() {
        return "secret";
    }

    @Override
    public String allowed() {
        return "a text";
    }

    @Override
    public Optional<Secret> read(Node node, Spot spot) {
        if (node instanceof Node.Text text) {
            return Optional.of(Secret.of(text.value()));
        }
        spot.isNot(node, this);
        return Optional.empty();
    }

    @Override
    public String written(Secret value) {
        return Secret.MASK;
    }

    @Override
    public JsonObject schema() {
        return Json.createObjectBuilder()
                .add("type", Json.createArrayBuilder().add("string").add("number").add("null"))
                .build();
    }

    @Override
    public boolean secret() {
        return true;
    }
}
