/** A project that {@code ./new-service} makes: it builds, it runs, it starts again when changed. */
@NullMarked
package dev.tandem.skeleton;

import org.jspecify.annotations.NullMarked;
