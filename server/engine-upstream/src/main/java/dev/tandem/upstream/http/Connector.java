package dev.tandem.upstream.http;

import dev.tandem.upstream.http.UpstreamException.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/** Makes connections to one server. For all threads. */
final class Connector {
    private final Origin origin;
    private final SSLSocketFactory tls;

    Connector(Origin origin, SSLSocketFactory tls) {
        this.origin = origin;
        this.tls = tls;
    }

    /** A new connection, to the first of the host's addresses that takes it. */
    Connection open(Abort abort) throws IOException {
        IOException last = null;
        for (InetAddress address : addresses()) {
            try {
                return open(new InetSocketAddress(address, origin.port()), abort);
            } catch (UpstreamException e) {
                throw e;
            } catch (IOException e) {
                if (abort.late()) {
                    break;
                }
                last = e;
            }
        }
        if (last == null) {
            throw new UpstreamException(
                    Fault.TIMEOUT, origin + " did not take the connection within the time limit");
        }
        throw Connection.unreachable(origin, "takes no connection: " + last.getMessage(), last);
    }

    private InetAddress[] addresses() throws UpstreamException {
        try {
            return InetAddress.getAllByName(origin.host());
        } catch (UnknownHostException e) {
            throw Connection.unreachable(origin, "is not known to the DNS", e);
        }
    }

    private Connection open(InetSocketAddress address, Abort abort) throws IOException {
        Connection connection = Connection.unconnected();
        boolean made = false;
        try {
            abort.guard(connection);
            connection.connect(address, origin, tls);
            made = true;
            return connection;
        } catch (SSLException e) {
            if (connection.aborted()) {
                throw e;
            }
            throw Connection.unreachable(origin, "is not trusted: " + e.getMessage(), e);
        } finally {
            if (!made) {
                connection.abort();
            }
        }
    }
}
