package org.shadowheap.targets;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lesson: a lambda that captures nothing is made once, when its call site is linked; from then on nothing but the call site
 * refers to it. Each copy of a class has a call site of its own.
 */
public final class LinkedLambdas {

    private static final int COPIES = 200;
    private static final int GARBAGE = 200_000;

    /** What the call sites gave later. */
    static final List<Object> LATER = new ArrayList<>();

    private LinkedLambdas() {}

    /** Is copied. */
    public static final class Site implements Supplier<Supplier<Object>> {

        @Override
        public Supplier<Object> get() {
            return () -> "linked";
        }
    }

    /** Runs. */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        byte[] bytes;
        try (InputStream in = LinkedLambdas.class.getResourceAsStream("LinkedLambdas$Site.class")) {
            bytes = in.readAllBytes();
        }
        List<Supplier<?>> sites = new ArrayList<>();
        int linked = 0;
        for (int i = 0; i < COPIES; i++) {
            Class<?> copy =
                    MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
            Supplier<?> site = (Supplier<?>) copy.getDeclaredConstructor().newInstance();
            linked += site.get() == null ? 0 : 1;
            sites.add(site);
        }
        long dropped = 0;
        for (int i = 0; i < GARBAGE; i++) {
            dropped += new Object[] {new int[8], i}.length;
        }
        for (Supplier<?> site : sites) {
            LATER.add(site.get());
        }
        System.out.println(linked + " linked, " + LATER.size() + " kept, " + dropped + " dropped");
    }
}
