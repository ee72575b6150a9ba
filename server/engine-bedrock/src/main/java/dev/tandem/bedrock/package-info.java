/** The engine for models on Amazon Bedrock. */
@NullMarked
package dev.tandem.bedrock;

import org.jspecify.annotations.NullMarked;
