/**
 * Chat templates: the part of Jinja2 that models' templates use, run as foreign code within limits,
 * with a record of which characters of a prompt the caller wrote.
 */
@NullMarked
package dev.tandem.llamacpp.template;

import org.jspecify.annotations.NullMarked;
