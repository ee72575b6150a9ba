/** What the .proto files say beside the declarations themselves: comments and places. */
@NullMarked
package dev.tandem.transcoding.schema;

import org.jspecify.annotations.NullMarked;
