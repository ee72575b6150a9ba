/** What an operator sees of the engines and does with the models that they keep. */
@NullMarked
package dev.tandem.gateway.admin;

import org.jspecify.annotations.NullMarked;
