package org.shadowheap.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.TreeMap;
import org.shadowheap.drain.Definitions;
import org.slf4j.helpers.NOPLogger;

/** Some classes of the JDK, rewritten to be kept for a later run. */
public final class KeptClasses {

    private static final List<Class<?>> SOME =
            List.of(HashMap.class, TreeMap.class, ArrayList.class, LinkedList.class, Comparable.class);

    /** How many they are. */
    public static final int COUNT = SOME.size();

    private KeptClasses() {}

    /** As the calling thread has rewritten them. */
    public static RewrittenClasses rewritten() throws IOException {
        RewrittenClasses kept = RewrittenClasses.of(null, "");
        BarrierTransformer transformer = new BarrierTransformer(
                new ClassSelection(List.of(), List.of(), true),
                new ClassTable(new Definitions()),
                new Uninstrumented(),
                NOPLogger.NOP_LOGGER);
        transformer.keepIn(kept);
        for (Class<?> each : SOME) {
            transformer.rewrite(each.getName(), null, true, fileOf(each));
        }
        return kept;
    }

    /** How many of them are among those that the calling thread has read. */
    public static int among(RewrittenClasses read) throws IOException {
        int found = 0;
        for (Class<?> each : SOME) {
            found += read.find(each.getName(), fileOf(each)) == null ? 0 : 1;
        }
        return found;
    }

    private static byte[] fileOf(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }
}
