@NullMarked
package dev.tandem.transcoding.schema;

import org.jspecify.annotations.NullMarked;
