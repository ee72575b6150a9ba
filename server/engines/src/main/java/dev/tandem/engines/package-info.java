/** What an engine is: it takes requests of the contract and answers them with one model. */
@NullMarked
package dev.tandem.engines;

import org.jspecify.annotations.NullMarked;
