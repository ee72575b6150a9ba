package dev.tandem.runtime.call;

/** Why a call ended before its handler did. */
public enum CancelCause {
    /** The client went away or said that it wants no more. */
    CLIENT_LEFT,
    /** The call's deadline passed. */
    DEADLINE,
    /** The server stops and the time for running calls is up. */
    SHUTDOWN
}
