package dev.tandem.runtime.web;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.policy.Exempt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sessions of browsers: who calls and until when stands in a signed cookie, and nowhere else.
 * Methods need one; pages decide by {@code Caller.of(call)}.
 */
final class Sessions implements Policy {
    private static final String COOKIE = "__Host-session"; // Secure, Path=/, no Domain: RFC 6265bis
    private static final String MANNER = "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=";
    private static final Caller STRANGER =
            new Caller("-", Caller.Shown.NOTHING, Set.of(), Map.of());

    private final List<SecretKeySpec> keys;
    private final Duration life;
    private final Clock clock;

    /**
     * @param secrets each of 32 random bytes or more; the first one signs, all are good: to change
     *     it, put a new one in front, and take the old one away when its sessions have expired
     */
    Sessions(List<byte[]> secrets, Duration life, Clock clock) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length < 32)) {
            throw new IllegalArgumentException("sessions need secrets of 32 bytes or more");
        }
        this.keys =
                secrets.stream().map(secret -> new SecretKeySpec(secret, "HmacSHA256")).toList();
        this.life = life;
        this.clock = clock;
    }

    /** The value of Set-Cookie for a user who has just shown who it is. */
    String begin(String user) {
        String text = clock.instant().plus(life).getEpochSecond() + " " + user;
        String payload = base64(text.getBytes(StandardCharsets.UTF_8));
        String signature = base64(signed(keys.getFirst(), payload));
        return COOKIE + "=" + payload + "." + signature + MANNER + life.toSeconds();
    }

    /** The value of Set-Cookie that makes the browser forget. */
    String end() {
        return COOKIE + "=" + MANNER + 0;
    }

    @Override
    public void admit(Call call) {
        if (Exempt.covers(call.head())) {
            return;
        }
        Optional<String> user = user(call);
        call.put(
                Caller.KEY,
                user.map(name -> new Caller(name, Caller.Shown.TOKEN, Set.of("app"), Map.of()))
                        .orElse(STRANGER));
        if (user.isEmpty() && call.head().method() != null) {
            throw ApiError.of(Reasons.UNAUTHENTICATED, "Sign in first.").toException();
        }
    }

    private Optional<String> user(Call call) {
        return call.head().headers().getOrDefault("cookie", List.of()).stream()
                .flatMap(value -> List.of(value.split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(COOKIE + "="))
                .findFirst()
                .flatMap(pair -> verified(pair.substring(COOKIE.length() + 1)));
    }

    private Optional<String> verified(String value) {
        int dot = value.indexOf('.');
        try {
            String payload = value.substring(0, Math.max(0, dot));
            byte[] signature = Base64.getUrlDecoder().decode(value.substring(dot + 1));
            boolean ours =
                    keys.stream()
                            .anyMatch(
                                    key -> MessageDigest.isEqual(signed(key, payload), signature));
            if (!ours) {
                return Optional.empty();
            }
            String text =
                    new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
            int blank = text.indexOf(' ');
            long until = Long.parseLong(text.substring(0, blank));
            return clock.instant().getEpochSecond() < until
                    ? Optional.of(text.substring(blank + 1))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no base64: nothing of ours
        }
    }

    private static byte[] signed(SecretKeySpec key, String payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal((COOKIE + "." + payload).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
