package dev.tandem.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Which addresses are fetched from, and where what they name goes. */
final class Address {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int MOST_SEGMENT = 120;

    private Address() {}

    /** Refuses what is not https; http is for this machine only. */
    static URI check(URI address) throws StoreException {
        String scheme = address.getScheme() == null ? "" : address.getScheme();
        String host = address.getHost() == null ? "" : address.getHost();
        if (address.getUserInfo() != null) {
            throw new StoreException("An address with a user name or password is not fetched.");
        }
        boolean local = scheme.equalsIgnoreCase("http") && LOOPBACK.contains(host);
        if (host.isEmpty() || !(scheme.equalsIgnoreCase("https") || local)) {
            throw new StoreException(
                    shown(address) + " is not fetched: the address must begin with https://.");
        }
        return address;
    }

    /** Where a redirect leads; never from https to anything less. */
    static URI redirect(URI from, String location) throws StoreException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new StoreException(shown(from) + " leads to something that is no address.", e);
        }
        check(to);
        if (from.getScheme().equalsIgnoreCase("https")
                && !to.getScheme().equalsIgnoreCase("https")) {
            throw new StoreException(
                    shown(from) + " leads to " + shown(to) + ", which is not https: refused.");
        }
        return to;
    }

    /** The file for an address: host and path, so that two addresses never share one. */
    static Path place(Path folder, URI address) throws StoreException {
        check(address);
        String path = address.getPath() == null ? "" : address.getPath();
        if (!path.toLowerCase(Locale.ROOT).endsWith(".gguf")) {
            throw new StoreException(shown(address) + " does not name a .gguf file.");
        }
        String port = address.getPort() < 0 ? "" : "_" + address.getPort();
        Path place = folder.resolve(name(address.getHost() + port));
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                place = place.resolve(name(segment));
            }
        }
        return place;
    }

    /** Only characters that every file system takes; nothing hidden, nothing that leads upwards. */
    private static String name(String segment) throws StoreException {
        String name = segment.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
        if (name.length() > MOST_SEGMENT) {
            throw new StoreException("The address is too long to make a file name of.");
        }
        return name;
    }

    /** For messages: without query, which may carry a signature. */
    static String shown(URI address) {
        String text = Tool.withoutCredentials(address.toString());
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }
}
