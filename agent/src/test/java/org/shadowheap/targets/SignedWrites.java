package org.shadowheap.targets;

import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

/**
 * Lesson: classes of a signed jar are rewritten after the JDK has checked them, so they keep their signers. Prints who signed
 * them, and what happens when a part is loaded; stores to a field of its own.
 */
public final class SignedWrites {

    /** How often {@code value} is stored to, with the constructor. */
    public static final int STORES = 1_000;

    /** Loaded on use. */
    public static final class Part {

        private Object value = "nothing";

        void store(int times) {
            for (int i = 0; i < times; i++) {
                value = new int[] {i};
            }
        }
    }

    private SignedWrites() {}

    public static void main(String[] args) {
        Class<?> type = SignedWrites.class;
        var source = type.getProtectionDomain().getCodeSource();
        for (Certificate certificate : source.getCertificates()) {
            System.out.println("certificate " + ((X509Certificate) certificate).getSubjectX500Principal());
        }
        for (CodeSigner signer : source.getCodeSigners()) {
            System.out.println(
                    "signer " + signer.getSignerCertPath().getCertificates().size());
        }
        System.out.println("sealed " + type.getPackage().isSealed());
        System.out.println("signers " + type.getSigners().length);
        try {
            Part part = new Part();
            part.store(STORES - 1);
            System.out.println("stored " + part.value.getClass().getName());
        } catch (SecurityException tampered) {
            System.out.println(tampered);
        }
    }
}
