package dev.tandem.gateway.faults;

/** Data of an upstream's events. */
final class Answers {
    static final String ROLE =
            "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}";
    static final String STOP =
            "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    static final String DONE = "[DONE]";

    private Answers() {}

    /** A piece of the answer. */
    static String text(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
    }

    /** An error as servers of this API tell it. */
    static String error(String code) {
        return "{\"error\":{\"message\":\"not now\",\"type\":\"x\",\"code\":\"" + code + "\"}}";
    }
}
