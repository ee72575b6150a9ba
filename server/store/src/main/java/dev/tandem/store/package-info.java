/**
 * What the program keeps: models and llama.cpp's library, fetched once, checked, and moved into
 * place whole.
 */
@NullMarked
package dev.tandem.store;

import org.jspecify.annotations.NullMarked;
