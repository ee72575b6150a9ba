/**
 * How much callers may ask for: amounts a minute, a day and at once, reserved before the work and
 * settled with what it really took. Knows no language models: what a call takes is told by a {@link
 * dev.tandem.runtime.limits.Tariff}.
 */
@NullMarked
package dev.tandem.runtime.limits;

import org.jspecify.annotations.NullMarked;
