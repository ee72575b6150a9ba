package dev.tandem.bedrock;

import dev.tandem.runtime.auth.Secret;
import org.jspecify.annotations.Nullable;

/** By what AWS knows this server. No text shows any of it. */
public sealed interface BedrockCredentials {
    /**
     * A key pair of an IAM user or role.
     *
     * @param session the session token of temporary keys; null for lasting ones
     */
    record Keys(Secret id, Secret secret, @Nullable Secret session) implements BedrockCredentials {}

    /** An API key of Bedrock's, sent as {@code authorization: Bearer …}. */
    record ApiKey(Secret key) implements BedrockCredentials {}

    /** A profile of AWS's shared files, {@code ~/.aws/config} and {@code ~/.aws/credentials}. */
    record Profile(String name) implements BedrockCredentials {}

    /**
     * What AWS's SDK finds by itself: environment variables, system properties, the default
     * profile, a web identity, the container's or the machine's role.
     */
    record Found() implements BedrockCredentials {}
}
