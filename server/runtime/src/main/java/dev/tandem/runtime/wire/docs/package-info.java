/**
 * What a server tells about itself over HTTP: documents with validators, pages and .proto files.
 */
@NullMarked
package dev.tandem.runtime.wire.docs;

import org.jspecify.annotations.NullMarked;
