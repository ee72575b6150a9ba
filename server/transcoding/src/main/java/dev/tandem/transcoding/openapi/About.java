package dev.tandem.transcoding.openapi;

/**
 * What the document says of itself.
 *
 * @param title the API's name
 * @param version the API's version
 * @param description Markdown; may be empty
 * @param license the name and SPDX identifier of the API's licence; empty for none
 */
public record About(String title, String version, String description, String license) {}
