package dev.tandem.gateway.extract.message;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What the integers of protobuf can hold, both ends included. */
record NumberBounds(BigDecimal least, BigDecimal most) {
    static final NumberBounds INT32 = signed(31);
    static final NumberBounds UINT32 = unsigned(32);
    static final NumberBounds INT64 = signed(63);
    static final NumberBounds UINT64 = unsigned(64);

    private static NumberBounds signed(int bits) {
        BigInteger power = BigInteger.TWO.pow(bits);
        return new NumberBounds(
                new BigDecimal(power.negate()), new BigDecimal(power.subtract(BigInteger.ONE)));
    }

    private static NumberBounds unsigned(int bits) {
        return new NumberBounds(
                BigDecimal.ZERO, new BigDecimal(BigInteger.TWO.pow(bits).subtract(BigInteger.ONE)));
    }

    SchemaObject schema() {
        return SchemaObject.type("integer").put("minimum", least).put("maximum", most);
    }
}
