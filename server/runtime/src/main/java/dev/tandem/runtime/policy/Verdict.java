package dev.tandem.runtime.policy;

import com.google.protobuf.Descriptors.Descriptor;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.JoinedRule;
import dev.tandem.runtime.call.MisshapenMessageException;
import dev.tandem.runtime.rules.Findings;
import dev.tandem.runtime.rules.Findings.Finding;
import dev.tandem.transcoding.json.ViolationPath;
import dev.tandem.transcoding.json.ViolationPath.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is wrong with one message, in the order of its fields. Where something is misshapen, the
 * rules would speak of a stand-in: there only the form is told.
 */
final class Verdict {
    /** Rules that a message with parts left out breaks only if the whole does. */
    private static final Set<String> LIMITS = Set.of("repeated.max_items", "map.max_pairs");

    /** One violation and where it stands. */
    private record Placed(ViolationPath path, Violation violation) {}

    private final Descriptor type;
    private final List<Placed> listed = new ArrayList<>(0);
    private final List<ViolationPath> misshapen = new ArrayList<>(0);
    private final Set<String> tooLong = new HashSet<>(0); // fields that hold more than is allowed
    private int count;

    Verdict(Descriptor type) {
        this.type = type;
    }

    /** Adds what does not have the form of its type. To be called first. */
    void misshapen(MisshapenMessageException e) {
        count += e.count();
        for (Violation violation : e.violations()) {
            ViolationPath path = ViolationPath.parse(violation.field());
            misshapen.add(path);
            listed.add(new Placed(path, violation));
        }
    }

    /** Adds broken rules of the .proto file. */
    void rules(Findings findings) {
        count += findings.count() - findings.listed().size();
        for (Finding finding : findings.listed()) {
            Violation violation = finding.violation();
            ViolationPath place = ViolationPath.parse(finding.place());
            ViolationPath sent = ViolationPath.parse(violation.field());
            if (misshapen.stream()
                    .noneMatch(other ->
                            hides(other, place, violation) || hides(other, sent, violation))) {
                add(sent, violation);
            }
            if (LIMITS.contains(violation.rule())) {
                tooLong.add(first(place));
            }
        }
    }

    private static boolean hides(ViolationPath misshapen, ViolationPath path, Violation violation) {
        return misshapen.touches(path)
                && !(LIMITS.contains(violation.rule()) && path.encloses(misshapen));
    }

    /** Can the rule say something? Not of lists that are too long to be looked through. */
    <Q> boolean allows(JoinedRule<Q> rule) {
        return tooLong.stream().noneMatch(rule::mayRead)
                && misshapen.stream().noneMatch(path -> path.steps().isEmpty());
    }

    /** Adds what a rule across fields found. */
    <Q> void joined(JoinedRule<Q> rule, List<Violation> broken) {
        for (Violation violation : broken) {
            ViolationPath path = ViolationPath.parse(violation.field());
            if (misshapen.stream().noneMatch(other -> disturbs(other, path, rule))) {
                add(path, violation);
            }
        }
    }

    /**
     * May the rule speak of a stand-in? An element of a list does not speak of the others; but
     * whatever else is read may be it.
     */
    private static boolean disturbs(
            ViolationPath misshapen, ViolationPath path, JoinedRule<?> rule) {
        if (path.steps().isEmpty() || !first(misshapen).equals(first(path))) {
            return path.steps().isEmpty() || rule.mayRead(first(misshapen));
        }
        Step one = element(misshapen);
        Step other = element(path);
        return one == null || other == null || one.equals(other);
    }

    private static String first(ViolationPath path) {
        return path.steps().isEmpty()
                        || !(path.steps().getFirst() instanceof Step.Name(String name))
                ? ""
                : name;
    }

    private static @Nullable Step element(ViolationPath path) {
        return path.steps().size() > 1 && path.steps().get(1) instanceof Step.Index index
                ? index
                : null;
    }

    private void add(ViolationPath path, Violation violation) {
        count++;
        listed.add(new Placed(path, violation));
    }

    /** The answer; null where nothing is wrong. */
    @Nullable ApiError error() {
        if (count == 0) {
            return null;
        }
        List<Violation> sorted =
                listed.stream()
                        .sorted((one, other) ->
                                ViolationPath.compare(type, one.path(), other.path()))
                        .limit(Findings.MOST)
                        .map(Placed::violation)
                        .toList();
        return ApiError.violations(sorted, count);
    }
}
