package dev.tandem.upstream.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.upstream.Requested;
import dev.tandem.v1.ChatRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What the API is sent for a request: its JSON, with single quotes. */
final class Sent {
    static final String TOOLS =
            "'tools': [{'type': 'function', 'function': {'name': 'f', 'description': 'does',"
                    + " 'parameters': {'type': 'object', 'properties': {'a': {'type': 'number'}}}}},"
                    + " {'type': 'function', 'function': {'name': 'g', 'strict': true}}]";

    static final AnthropicSettings SETTINGS =
            AnthropicSettings.of(URI.create("https://api.example.com/v1"));

    private Sent() {}

    static String sent(ChatRequest request) {
        return sent(request, SETTINGS);
    }

    static String sent(ChatRequest request, AnthropicSettings settings) {
        byte[] json = new MessageRequests(settings).of(request).json();
        return new String(json, StandardCharsets.UTF_8).replace('"', '\'');
    }

    static void refused(ChatRequest request, String place) {
        Requested.refused(r -> sent(r), request, place);
    }

    /** What stands behind the fields that every request has. */
    static String rest(ChatRequest request) {
        String hello =
                "{'model':'m','max_tokens':4096,'stream':true,"
                        + "'messages':[{'role':'user','content':[{'type':'text','text':'Hello.'}]}]";
        assertThat(sent(request)).startsWith(hello);
        return sent(request).substring(hello.length());
    }
}
