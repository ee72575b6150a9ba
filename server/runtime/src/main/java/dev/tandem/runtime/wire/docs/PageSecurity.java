package dev.tandem.runtime.wire.docs;

/** What pages tell the browser to keep from them (Content Security Policy, level 3). */
final class PageSecurity {
    private static final String CLOSED =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** A page that is text and links. */
    static final String TEXT = CLOSED + "; img-src data:; style-src 'unsafe-inline'";

    /**
     * A page made by a script, which reads the description and calls the API: its scripts come from
     * here only and none stands in the page. The libraries write styles into their elements.
     */
    static final String SCRIPTED =
            CLOSED
                    + "; script-src 'self'; connect-src 'self'; img-src 'self' data:"
                    + "; style-src 'self' 'unsafe-inline'";

    private PageSecurity() {}

    /** The page with its headers. */
    static Document guard(Document page, String policy) {
        return page.with("Content-Security-Policy", policy).with("Referrer-Policy", "no-referrer");
    }
}
