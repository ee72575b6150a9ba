/** Tests of forms. */
@NullMarked
package dev.tandem.transcoding.form;

import org.jspecify.annotations.NullMarked;
