package dev.tandem.transcoding.route;

/**
 * A piece of a path template.
 *
 * @param text as it stands there; empty for the end
 * @param at where it begins, in characters from 0
 */
record PathToken(Kind kind, String text, int at) {
    /** The terminals of the template grammar. */
    enum Kind {
        SLASH,
        STAR,
        STAR_STAR,
        OPEN,
        CLOSE,
        EQUALS,
        COLON,
        TEXT,
        END
    }
}
