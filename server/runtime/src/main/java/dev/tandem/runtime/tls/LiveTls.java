package dev.tandem.runtime.tls;

import dev.tandem.runtime.watch.Looks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of a port as it is in force now. The files are read every few seconds, whole, so that it
 * does not matter how they are replaced: written over, moved into place, or a symbolic link turned
 * (Kubernetes). Certificate and key are only taken together, when they belong together; until then,
 * and where the new files are wrong, the old ones stay in force.
 */
public final class LiveTls implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LiveTls.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final TlsSettings settings;
    private final InstantSource clock;
    private volatile Engines engines;
    private @Nullable Looks looks;

    private volatile Identity identity;

    // of the looking thread, or of nobody before it starts
    private TlsFiles taken;
    private String suspected = "";
    private String told = "";
    private boolean toldExpired;

    private LiveTls(TlsSettings settings, TlsFiles files, InstantSource clock) throws TlsException {
        this.settings = settings;
        this.clock = clock;
        taken = files;
        identity = files.identity();
        engines = new Engines(identity, settings.clientAuth());
        expired();
    }

    /**
     * Reads the files and goes on to look whether they change.
     *
     * @throws TlsException with all that is wrong with them
     */
    public static LiveTls open(TlsSettings settings) throws TlsException {
        return open(settings, LOOK, InstantSource.system());
    }

    static LiveTls open(TlsSettings settings, Duration look, InstantSource clock)
            throws TlsException {
        LiveTls tls = new LiveTls(settings, TlsFiles.read(settings), clock);
        tls.looks = Looks.every(look, "tls-files", tls::look);
        return tls;
    }

    /**
     * An engine for a connection that has just come, with the files in force.
     *
     * @param applicationProtocols what the port speaks, the best first
     */
    public SSLEngine engine(List<String> applicationProtocols) {
        return engines.engine(applicationProtocols);
    }

    /** Whom clients get to see, for messages. */
    public String described() {
        return identity.described();
    }

    private void look() {
        try {
            expired();
            TlsFiles now = TlsFiles.read(settings);
            if (!taken.same(now)) {
                take(now);
            }
            suspected = "";
            told = "";
        } catch (TlsException e) {
            suspect(String.join(" ", e.problems()));
        }
    }

    private void take(TlsFiles now) throws TlsException {
        Identity next = now.identity();
        engines = new Engines(next, settings.clientAuth());
        identity = next;
        taken = now;
        toldExpired = false;
        LOG.log(Level.INFO, "TLS: new files are in force: " + next.described());
        expired();
    }

    /** Told once, and not before the next look finds it too: it may lie between two writes. */
    private void suspect(String problem) {
        if (problem.equals(suspected) && !problem.equals(told)) {
            told = problem;
            LOG.log(
                    Level.WARNING,
                    "TLS: the changed files are not taken, the old ones stay in force: " + problem);
        }
        suspected = problem;
    }

    private void expired() {
        if (!toldExpired && clock.instant().isAfter(identity.expires())) {
            toldExpired = true;
            LOG.log(
                    Level.WARNING,
                    settings.certificate()
                            + ": the certificate has expired, clients will refuse it: "
                            + identity.described());
        }
    }

    /** Stops to look; engines are made on with what is in force. */
    @Override
    public void close() {
        if (looks != null) {
            looks.close();
        }
    }
}
