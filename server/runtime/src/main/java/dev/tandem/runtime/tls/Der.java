package dev.tandem.runtime.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** As much of DER (X.690) as it takes to put older forms of private keys into PKCS#8. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int PARAMETERS = 0xa0;
    private static final byte[] VERSION_0 = {2, 1, 0};

    /** rsaEncryption with its empty parameters (RFC 8017, appendix A.1). */
    private static final byte[] RSA = {
        6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };

    /** id-ecPublicKey (RFC 5480, section 2.1.1). */
    private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private Der() {}

    /** PKCS#8 of an RSAPrivateKey. */
    static byte[] ofRsa(byte[] pkcs1) {
        return privateKeyInfo(RSA, pkcs1);
    }

    /**
     * PKCS#8 of an ECPrivateKey (RFC 5915) that names its curve.
     *
     * @throws IllegalArgumentException where it does not, or is no DER
     */
    static byte[] ofEc(byte[] sec1) {
        int[] all = element(sec1, 0);
        int at = all[0];
        while (at < all[1]) {
            int[] part = element(sec1, at);
            if ((sec1[at] & 0xff) == PARAMETERS) {
                byte[] curve = Arrays.copyOfRange(sec1, part[0], part[1]);
                return privateKeyInfo(joined(EC, curve), sec1);
            }
            at = part[1];
        }
        throw new IllegalArgumentException("no curve");
    }

    private static byte[] privateKeyInfo(byte[] algorithm, byte[] key) {
        return tagged(
                SEQUENCE,
                joined(VERSION_0, tagged(SEQUENCE, algorithm), tagged(OCTET_STRING, key)));
    }

    /** Where the content of the element begins and ends. */
    private static int[] element(byte[] der, int at) {
        if (at + 2 > der.length) {
            throw new IllegalArgumentException("cut off");
        }
        int length = der[at + 1] & 0xff;
        int begin = at + 2;
        if (length > 0x80) {
            int octets = length - 0x80;
            if (octets > 3 || begin + octets > der.length) {
                throw new IllegalArgumentException("no length");
            }
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | (der[begin + i] & 0xff);
            }
            begin += octets;
        }
        if (length > der.length - begin) {
            throw new IllegalArgumentException("cut off");
        }
        return new int[] {begin, begin + length};
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 5);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x83);
            out.write(content.length >> 16);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
