package dev.tandem.runtime.tls;

/** Whether clients show a certificate. */
public enum ClientAuth {
    /** They are not asked. */
    NONE,
    /** They are asked; one who shows none is served, one whose certificate is not good is not. */
    OPTIONAL,
    /** Only those with a good certificate are served. */
    REQUIRED
}
