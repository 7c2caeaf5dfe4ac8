package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Classes of the JDK's boot loader that an earlier run has rewritten, and those that this one had to. Rewriting is a function of the class
 * file and of the first number of its sites: who has the same file, and leaves these numbers to it, may take the result.
 *
 * <p>Used by the thread that starts the agent, while it starts; other threads find nothing here.
 */
public final class RewrittenClasses {

    /** So many classes that nobody knew are worth a new file. */
    private static final int WORTH_KEEPING = 4;

    /** A file that leaves that many numbers to classes begins anew. */
    private static final int MOST_SITES = 1 << 18;

    private final Thread user = Thread.currentThread();
    private final @Nullable RewrittenClassReader earlier;
    private final Map<String, RewrittenClass> added = new HashMap<>();

    private RewrittenClasses(@Nullable RewrittenClassReader earlier) {
        this.earlier = earlier;
    }

    /**
     * Those of a file.
     *
     * @param file as {@link #toBytes} made it, null or anything else for none
     * @param identity of the JVM and of the agent, which must be that of the file
     */
    public static RewrittenClasses of(byte @Nullable [] file, String identity) {
        RewrittenClassReader reader = file == null ? null : RewrittenClassReader.open(file, identity);
        boolean isUsable = reader != null && reader.lastSite() <= MOST_SITES;
        RewrittenClasses classes = new RewrittenClasses(isUsable ? reader : null);
        classes.rehearse();
        return classes;
    }

    /** What is needed while classes are rewritten is loaded and linked before. */
    private void rehearse() {
        RewrittenClass.Sum.of(new byte[1]).isOf(new byte[1]);
        if (earlier != null) {
            earlier.rehearse();
        }
        added.put(
                "",
                new RewrittenClass(
                        "", new RewrittenClass.Sum(0, 0, 0), new ClassFacts(false), null, List.of(), List.of()));
        added.remove("");
    }

    /** The greatest number of a site in them. */
    int lastSite() {
        return earlier == null ? 0 : earlier.lastSite();
    }

    /** A class as it was rewritten before, from the same file; null if it was not, or from another one. */
    @Nullable
    RewrittenClass find(String name, byte[] file) {
        if (earlier == null || Thread.currentThread() != user) {
            return null;
        }
        return earlier.find(name, file);
    }

    /**
     * What is known of a class in whose file nothing needs a barrier, or nothing but the initializer, which has run; null of others. Its file
     * is not looked at.
     */
    @Nullable
    ClassFacts needsNothing(String name, boolean isInitialized) {
        return earlier == null ? null : earlier.needsNothing(name, isInitialized);
    }

    /** A class was rewritten by this run. */
    void add(RewrittenClass rewritten) {
        if (Thread.currentThread() == user) {
            added.put(rewritten.name(), rewritten);
        }
    }

    /**
     * Whether so many are new that it is worth a file. Those that were there, of another class file, do not count: the JVM makes up the
     * files of some classes differently each time, and another agent may.
     */
    public boolean hasNews() {
        int fresh = 0;
        for (String name : added.keySet()) {
            fresh += earlier == null || !earlier.names().contains(name) ? 1 : 0;
        }
        return fresh >= WORTH_KEEPING;
    }

    /** A file of all: those that were there, and in their place or beside them those that were added. */
    public byte[] toBytes(String identity) {
        List<RewrittenClass> all = new ArrayList<>(added.values());
        if (earlier != null) {
            for (String name : earlier.names()) {
                if (!added.containsKey(name)) {
                    all.add(earlier.get(name));
                }
            }
        }
        return new RewrittenClassWriter().write(identity, all);
    }
}
