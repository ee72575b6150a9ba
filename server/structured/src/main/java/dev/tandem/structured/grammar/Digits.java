package dev.tandem.structured.grammar;

import static dev.tandem.structured.pattern.Expression.EMPTY;
import static dev.tandem.structured.pattern.Expression.repeat;
import static dev.tandem.structured.pattern.Expression.sequence;

import dev.tandem.structured.pattern.CodePoints;
import dev.tandem.structured.pattern.Expression;
import dev.tandem.structured.pattern.Expression.Choice;
import dev.tandem.structured.pattern.Expression.One;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The whole numbers between two, none below zero, without zeros in front. */
final class Digits {
    private Digits() {}

    static Expression between(BigInteger low, BigInteger high) {
        List<Expression> ofLengths = new ArrayList<>();
        for (int length = low.toString().length(); length <= high.toString().length(); length++) {
            BigInteger first = length == 1 ? BigInteger.ZERO : BigInteger.TEN.pow(length - 1);
            BigInteger last = BigInteger.TEN.pow(length).subtract(BigInteger.ONE);
            BigInteger from = low.max(first);
            BigInteger to = high.min(last);
            if (from.compareTo(to) <= 0) {
                ofLengths.add(ofSameLength(from.toString(), to.toString()));
            }
        }
        return new Choice(ofLengths);
    }

    private static Expression ofSameLength(String low, String high) {
        if (low.isEmpty()) {
            return EMPTY;
        }
        if (low.chars().allMatch(c -> c == '0') && high.chars().allMatch(c -> c == '9')) {
            return repeat(one('0', '9'), low.length(), low.length());
        }
        char first = low.charAt(0);
        char last = high.charAt(0);
        String lowRest = low.substring(1);
        String highRest = high.substring(1);
        if (first == last) {
            return sequence(one(first, first), ofSameLength(lowRest, highRest));
        }
        List<Expression> all = new ArrayList<>();
        all.add(sequence(one(first, first), ofSameLength(lowRest, "9".repeat(lowRest.length()))));
        if (last - first > 1) {
            Expression any = repeat(one('0', '9'), lowRest.length(), lowRest.length());
            all.add(sequence(one((char) (first + 1), (char) (last - 1)), any));
        }
        all.add(sequence(one(last, last), ofSameLength("0".repeat(highRest.length()), highRest)));
        return new Choice(all);
    }

    /** A digit from the first to the last. */
    static Expression one(char first, char last) {
        return new One(CodePoints.range(first, last));
    }
}
