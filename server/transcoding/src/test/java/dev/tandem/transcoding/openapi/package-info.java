/** Tests of the OpenAPI document's parts. */
@NullMarked
package dev.tandem.transcoding.openapi;

import org.jspecify.annotations.NullMarked;
