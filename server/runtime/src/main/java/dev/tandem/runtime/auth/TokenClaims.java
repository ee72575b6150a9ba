package dev.tandem.runtime.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tandem.runtime.call.ApiError;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a token says whose signature is good: whether it is for this server and now. */
record TokenClaims(JwtSettings settings, JWTClaimsSet claims) {
    /** What is wrong with it; null where nothing is. */
    @Nullable ApiError problem(Instant now) {
        if (!settings.issuer().equals(claims.getIssuer())) {
            return invalid("The token is of another issuer.");
        }
        if (claims.getAudience().stream().noneMatch(settings.audiences()::contains)) {
            return invalid("The token is for another audience than this server.");
        }
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            return invalid("The token never expires; it must have the claim exp.");
        }
        if (!now.isBefore(expires.toInstant().plus(settings.skew()))) {
            return ApiError.of(
                    AuthReasons.EXPIRED_CREDENTIALS, "The token has expired; get a new one.");
        }
        Instant latest = now.plus(settings.skew());
        if (isAfter(claims.getNotBeforeTime(), latest) || isAfter(claims.getIssueTime(), latest)) {
            return invalid("The token is not valid yet; compare the clocks.");
        }
        return name().isBlank()
                ? invalid("The token names nobody in the claim " + settings.nameClaim() + ".")
                : null;
    }

    private static boolean isAfter(@Nullable Date date, Instant moment) {
        return date != null && date.toInstant().isAfter(moment);
    }

    /** Who shows it. */
    Caller caller() {
        Map<String, List<String>> attributes = new HashMap<>();
        settings.attributeClaims()
                .forEach((attribute, claim) -> {
                    Object value = claims.getClaim(claim);
                    if (value != null) {
                        attributes.put(attribute, words(value));
                    }
                });
        return new Caller(name(), Caller.Shown.TOKEN, scopes(), attributes);
    }

    private String name() {
        return claims.getClaim(settings.nameClaim()) instanceof String name ? name : "";
    }

    /** RFC 8693, section 4.2: one text with blanks; {@code scp}, as others have it. */
    private Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>();
        for (String claim : List.of("scope", "scp")) {
            for (String words : words(claims.getClaim(claim))) {
                for (String scope : words.split(" ", -1)) {
                    if (!scope.isEmpty() && !scope.equals(Caller.EVERY_SCOPE)) {
                        scopes.add(scope);
                    }
                }
            }
        }
        return scopes;
    }

    private static List<String> words(@Nullable Object value) {
        return switch (value) {
            case String word -> List.of(word);
            case Collection<?> many ->
                    many.stream().filter(String.class::isInstance).map(String.class::cast).toList();
            case null, default -> List.of();
        };
    }

    private static ApiError invalid(String message) {
        return ApiError.of(AuthReasons.INVALID_CREDENTIALS, message);
    }
}
