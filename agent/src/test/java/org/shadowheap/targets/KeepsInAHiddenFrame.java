package org.shadowheap.targets;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps objects in a local variable of a hidden class's method alone, whose frames a walk of the stack leaves out unless asked. */
public final class KeepsInAHiddenFrame {

    /** Objects that only the frame holds. */
    public static final int OBJECTS = 5_000;

    private static final int MORE = 2_000_000;

    @Nullable
    static Object sink;

    /** Is defined again, hidden. */
    public static final class Hidden implements Supplier<Integer> {

        private @Nullable Object link;

        @Override
        public Integer get() {
            Object[] kept = new Object[OBJECTS]; // of a hidden class there are no arrays by name
            for (int i = 0; i < OBJECTS; i++) {
                kept[i] = new Hidden();
            }
            for (int i = 0; i < MORE; i++) {
                sink = new int[8];
            }
            int count = 0;
            for (Object object : kept) {
                Hidden each = (Hidden) object;
                each.link = kept;
                count += each.link == null ? 0 : 1;
            }
            return count;
        }
    }

    private KeepsInAHiddenFrame() {}

    public static void main(String[] args) throws Exception {
        byte[] bytes;
        try (InputStream in = KeepsInAHiddenFrame.class.getResourceAsStream("KeepsInAHiddenFrame$Hidden.class")) {
            bytes = in.readAllBytes();
        }
        Class<?> hidden = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
        Object kept = ((Supplier<?>) hidden.getDeclaredConstructor().newInstance()).get();
        System.out.println(kept + " " + (sink != null));
    }
}
