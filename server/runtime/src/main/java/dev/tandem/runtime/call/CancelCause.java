package dev.tandem.runtime.call;

/** Why a call ended before its handler did. */
public enum CancelCause {
    /** The client went away or said that it wants no more. */
    CLIENT_LEFT,
    /** The client took nothing of its answer for too long. */
    STALLED,
    /** The caller's deadline passed. */
    DEADLINE,
    /** The handler's first message, or its whole answer, took longer than the server allows. */
    FIRST_MESSAGE,
    /** The handler was silent between two messages for longer than the server allows. */
    MESSAGE_GAP,
    /** The whole call took longer than the server allows. */
    CALL_LIMIT,
    /** The server stops and the time for running calls is up. */
    SHUTDOWN
}
