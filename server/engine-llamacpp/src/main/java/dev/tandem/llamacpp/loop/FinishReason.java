package dev.tandem.llamacpp.loop;

/** Why a choice ended. */
public enum FinishReason {
    /** The model ended it, or a stop string came. */
    STOP,
    /** The token limit or the end of the context came. */
    LENGTH
}
