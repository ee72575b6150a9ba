/**
 * The engines and models that the configuration names: what may stand there, how each kind of
 * engine is opened, and how a change of them is taken while calls run.
 */
@NullMarked
package dev.tandem.gateway.engine;

import org.jspecify.annotations.NullMarked;
