/** Forms as browsers send them: multipart/form-data (RFC 7578), and what a form's type says. */
@NullMarked
package dev.tandem.transcoding.form;

import org.jspecify.annotations.NullMarked;
