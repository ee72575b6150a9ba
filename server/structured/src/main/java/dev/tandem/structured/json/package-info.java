/** JSON values as the other rooms read them: key order kept, numbers exact. */
@NullMarked
package dev.tandem.structured.json;

import org.jspecify.annotations.NullMarked;
