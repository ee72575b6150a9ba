/** Tests of REST's smaller parts. */
@NullMarked
package dev.tandem.runtime.wire.rest;

import org.jspecify.annotations.NullMarked;
