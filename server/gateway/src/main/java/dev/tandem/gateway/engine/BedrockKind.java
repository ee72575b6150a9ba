package dev.tandem.gateway.engine;

import dev.tandem.bedrock.BedrockCredentials;
import dev.tandem.bedrock.BedrockEngine;
import dev.tandem.bedrock.BedrockSettings;
import dev.tandem.bedrock.BedrockSettings.Access;
import dev.tandem.bedrock.BedrockSettings.Dialect;
import dev.tandem.bedrock.BedrockSettings.Facts;
import dev.tandem.bedrock.BedrockSettings.Limits;
import dev.tandem.bedrock.BedrockSettings.Passing;
import dev.tandem.bedrock.BedrockSettings.Schemas;
import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.runtime.auth.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Models on Amazon Bedrock. */
final class BedrockKind implements Kind<BedrockSettings> {
    private static final Key<String> REGION =
            Key.of(
                            "region",
                            Types.text("a region as eu-central-1", "[a-z0-9-]{1,63}"),
                            "AWS's region.")
                    .otherwise("as AWS's SDK finds it");
    private static final Key<String> PROFILE =
            Key.of(
                    "profile",
                    Types.text("a name", "\\S{1,200}"),
                    "A profile of AWS's shared files, for the credentials.");
    private static final Key<Secret> ACCESS_KEY_ID =
            Key.of("access_key_id", Types.secret(), "The id of a key pair.");
    private static final Key<Secret> SECRET_ACCESS_KEY =
            Key.of("secret_access_key", Types.secret(), "The secret of a key pair.");
    private static final Key<Secret> SESSION_TOKEN =
            Key.of("session_token", Types.secret(), "The session of a temporary key pair.");
    private static final Key<Schemas> SCHEMAS =
            Key.of("schemas", Types.oneOf(Schemas.class), "How answers are held to a JSON Schema.")
                    .fallback(Dialect.DEFAULT.schemas());

    @Override
    public String name() {
        return "bedrock";
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(
                EngineKeys.URL,
                REGION,
                PROFILE,
                EngineKeys.API_KEY,
                ACCESS_KEY_ID,
                SECRET_ACCESS_KEY,
                SESSION_TOKEN,
                EngineKeys.CONTEXT,
                EngineKeys.OWNER,
                EngineKeys.STREAM,
                SCHEMAS,
                PassingKeys.REQUEST,
                PassingKeys.ANSWER,
                EngineKeys.LIMITS);
    }

    @Override
    public BedrockSettings read(Values in) {
        Optional<URI> endpoint =
                in.told(EngineKeys.URL) ? Optional.of(EngineKeys.url(in)) : Optional.empty();
        EngineKeys.Limits limits = EngineKeys.limits(in);
        BedrockCredentials credentials = credentials(in);
        return EngineKeys.checked(
                in,
                () ->
                        new BedrockSettings(
                                new Access(
                                        in.find(REGION).orElse(null),
                                        endpoint.orElse(null),
                                        credentials),
                                new Facts(
                                        in.find(EngineKeys.OWNER).orElse(Facts.DEFAULT.owner()),
                                        in.find(EngineKeys.CONTEXT)
                                                .map(OptionalInt::of)
                                                .orElse(OptionalInt.empty())),
                                new Dialect(
                                        in.get(EngineKeys.STREAM),
                                        in.get(SCHEMAS),
                                        Dialect.DEFAULT.unsignedReasoning()),
                                new Passing(
                                        in.find(PassingKeys.REQUEST)
                                                .map(Set::copyOf)
                                                .orElse(Passing.DEFAULT.request()),
                                        in.find(PassingKeys.ANSWER)
                                                .map(Set::copyOf)
                                                .orElse(Passing.DEFAULT.answer())),
                                new Limits(
                                        Limits.DEFAULT.connect(),
                                        limits.first(),
                                        limits.gap(),
                                        limits.size(),
                                        Limits.DEFAULT.connections())),
                () -> BedrockSettings.of(Access.FOUND));
    }

    private static BedrockCredentials credentials(Values in) {
        boolean pair = in.told(ACCESS_KEY_ID) || in.told(SECRET_ACCESS_KEY);
        int ways =
                (pair ? 1 : 0) + (in.told(EngineKeys.API_KEY) ? 1 : 0) + (in.told(PROFILE) ? 1 : 0);
        if (ways > 1) {
            in.problem(
                    PROFILE,
                    "api_key, profile, and access_key_id with secret_access_key exclude each other;"
                            + " keep one.");
        }
        if (pair) {
            return keys(in);
        }
        return in.find(EngineKeys.API_KEY)
                .<BedrockCredentials>map(BedrockCredentials.ApiKey::new)
                .or(() -> in.find(PROFILE).map(BedrockCredentials.Profile::new))
                .orElseGet(BedrockCredentials.Found::new);
    }

    private static BedrockCredentials keys(Values in) {
        Optional<Secret> id = in.find(ACCESS_KEY_ID);
        Optional<Secret> secret = in.find(SECRET_ACCESS_KEY);
        if (id.isEmpty() || secret.isEmpty()) {
            in.problem(ACCESS_KEY_ID, "access_key_id and secret_access_key go together.");
            return new BedrockCredentials.Found();
        }
        return new BedrockCredentials.Keys(
                id.get(), secret.get(), in.find(SESSION_TOKEN).orElse(null));
    }

    @Override
    public Opened open(String name, BedrockSettings settings, Workshop workshop)
            throws UnusableEngineException {
        try {
            return Opened.ready(new BedrockEngine(settings), () -> {});
        } catch (IllegalArgumentException e) {
            throw new UnusableEngineException("engines." + name + ": " + e.getMessage() + ".", e);
        }
    }

    @Override
    public Finding look(String name, BedrockSettings settings, Workshop workshop) {
        URI endpoint = settings.access().endpoint();
        if (endpoint != null) {
            return Reach.look(name, endpoint);
        }
        try {
            open(name, settings, workshop).engine().close();
            return Finding.ok(
                    "engine " + name,
                    "Its settings can be used; its credentials are seen by the first call only.");
        } catch (UnusableEngineException e) {
            return Finding.problem(
                    "engine " + name, String.valueOf(e.getMessage()), "Set its region.");
        }
    }
}
