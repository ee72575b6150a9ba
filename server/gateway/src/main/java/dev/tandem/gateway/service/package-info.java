/** One handler class for each service of the contract. */
@NullMarked
package dev.tandem.gateway.service;

import org.jspecify.annotations.NullMarked;
