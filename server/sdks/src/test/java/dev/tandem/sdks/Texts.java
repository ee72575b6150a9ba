package dev.tandem.sdks;

import java.time.Duration;
import java.util.Map;

/** What the SDKs for Java are made to send. */
final class Texts {
    static final String MODEL = "default";
    static final String EMBEDDING_MODEL = "all-MiniLM-L6-v2";
    static final String KEY = "none";
    static final int SHORT = 12;

    static final String SYSTEM = "You know geography.";
    static final String QUESTION = "Name the capital of France.";
    static final String ANSWER = "The capital of France is Paris.";
    static final String NEXT_QUESTION = "And of Italy?";
    static final String NEXT_ANSWER = "Rome";

    /** What no grammar holds a model to, as a schema of a property {@code city}. */
    static final String STRANGE_CITY = "{\"not\": {\"type\": \"null\"}}";

    /** An object with that property, which is right by OpenAI's rules for strict schemas. */
    static final String STRANGE_SCHEMA =
            "{\"type\": \"object\", \"properties\": {\"city\": "
                    + STRANGE_CITY
                    + "}, \"required\": [\"city\"], \"additionalProperties\": false}";

    /** Where the server sees it as a tool's parameters. */
    static final String STRANGE_TOOL_PLACE = "tools[0].function.parameters#/properties/city/not";

    /** Where it sees it as the form of the answer. */
    static final String STRANGE_FORM_PLACE =
            "response_format.json_schema.schema#/properties/city/not";

    /** The model never ends by itself: its token for the end cannot be chosen. */
    static final Map<String, Integer> ENDLESS = Map.of("2", -100);

    /** One more than the server has slots: were one not freed, the next would wait long. */
    static final int STREAMS_TO_LEAVE = 3;

    /** Much less than an answer without end takes. */
    static final Duration SOON = Duration.ofSeconds(15);

    static final Duration AT_ONCE = Duration.ofMillis(300);

    private Texts() {}
}
