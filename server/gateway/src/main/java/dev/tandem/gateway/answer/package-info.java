/** Whether the answers of models are what was asked for. */
@NullMarked
package dev.tandem.gateway.answer;

import org.jspecify.annotations.NullMarked;
