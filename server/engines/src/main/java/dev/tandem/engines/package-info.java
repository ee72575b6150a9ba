/** What an engine is: it takes chat requests of the contract and answers in chunks. */
@NullMarked
package dev.tandem.engines;

import org.jspecify.annotations.NullMarked;
