package org.shadowheap.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.shadowheap.instrument.BarrierTransformer;
import org.shadowheap.instrument.ClassTable;
import org.shadowheap.instrument.Exclusion;
import org.shadowheap.instrument.OwnClasses;
import org.shadowheap.instrument.Uninstrumented;

/**
 * Has the JVM transform the classes again that are loaded already: to rewrite what was loaded before the agent, or, when it is gone,
 * to give them their code back.
 *
 * <p>Each operation stops the program, for the JVM's walk over all its classes and for some time for each that is transformed: all in one while
 * the program has not begun, in batches while it runs ({@link BatchSize}). One class that cannot be linked makes its whole batch fail, so those are looked for before.
 *
 * <p>What needs no other code is left out if that is known. The JVM keeps the file of a class whose code it was given; of another one
 * it makes up the file each time, from constants that it then adds to those that there are: after some times there are too many,
 * and it takes gigabytes to find out.
 *
 * <p>What an earlier session has found out of a class is not asked for again: from JDK 20 on a native method that is called a few hundred times is
 * compiled, and then the JVM keeps that version of its class for good. {@code InstrumentationImpl}, {@code Reflection} and {@code Class} have those
 * that are asked.
 */
final class Retransformation {

    /** What a class of the boot loader weighs: most have many methods, and other classes have them in their tables. */
    private static final int BOOT_WEIGHT = 6;

    private Retransformation() {}

    /**
     * Rewrites all loaded classes that can be, in one operation; the transformer is installed already.
     *
     * @param isAlone whether no other agent may have changed classes before, so that what is known of them from an earlier run is so
     */
    static void run(
            Instrumentation instrumentation,
            BarrierTransformer transformer,
            Uninstrumented uninstrumented,
            boolean isAlone)
            throws UnmodifiableClassException {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> each : loaded(instrumentation, uninstrumented)) {
            if (!isModifiable(instrumentation, each, uninstrumented)) {
                continue;
            }
            if (!isAlone || !transformer.needsNothing(each)) {
                classes.add(each);
            }
        }
        instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
    }

    /** As {@link #run}, while the program runs: in batches, after each of which the attachment looks at the frames that run. */
    static void run(
            Instrumentation instrumentation, ClassTable table, Uninstrumented uninstrumented, Attachment attachment)
            throws UnmodifiableClassException {
        List<Class<?>> classes = loaded(instrumentation, uninstrumented);
        classes.removeIf(type -> table.needsNothing(type)
                || !table.isTransformable(type) && !isModifiable(instrumentation, type, uninstrumented));
        attachment.rewriting(0, classes.size());
        classes.removeIf(type -> !table.isTransformable(type) && !isLinked(type));
        inBatches(instrumentation, classes, (batch, done) -> {
            Set<String> names = new HashSet<>();
            for (Class<?> type : batch) {
                names.add(type.getName());
                table.foundTransformable(type);
            }
            attachment.frames().look(names); // now: who began while the batch was rewritten counts, too
            attachment.rewriting(done, classes.size());
        });
    }

    /** Gives all classes that were rewritten back what they were; the transformer is removed already. In batches. */
    static void undo(Instrumentation instrumentation, ClassTable table) throws UnmodifiableClassException {
        List<Class<?>> classes = loaded(instrumentation, null);
        classes.removeIf(type -> !table.isRewritten(type)
                || !table.isTransformable(type) && !(isModifiable(instrumentation, type, null) && isLinked(type)));
        ClassFileTransformer nothing = new Unchanged();
        instrumentation.addTransformer(nothing, true);
        try {
            inBatches(instrumentation, classes, (batch, done) -> batch.forEach(table::foundTransformable));
        } finally {
            instrumentation.removeTransformer(nothing);
        }
    }

    /** While nobody may change a class JDK 25 forgets the file that it has kept of it, and makes it up from then on. */
    private static final class Unchanged implements ClassFileTransformer {}

    /** Tells of the longest pause since it was last asked. */
    interface LongestPause {
        long takeNanos();
    }

    /** Told of each batch after it was transformed. */
    interface AfterBatch {
        /**
         * A batch is done.
         *
         * @param done how many classes are done by now, those of this batch among them
         */
        void call(List<Class<?>> batch, int done);
    }

    private static void inBatches(Instrumentation instrumentation, List<Class<?>> classes, AfterBatch after)
            throws UnmodifiableClassException {
        try (PauseWatch watch = PauseWatch.begin()) {
            inBatches(instrumentation, classes, watch::longestNanos, after);
        }
    }

    static void inBatches(Instrumentation instrumentation, List<Class<?>> classes, LongestPause pause, AfterBatch after)
            throws UnmodifiableClassException {
        BatchSize size = new BatchSize();
        for (int from = 0; from < classes.size(); ) {
            int to = from;
            for (int weight = 0; to < classes.size() && weight < size.next(); to++) {
                weight += classes.get(to).getClassLoader() == null ? BOOT_WEIGHT : 1;
            }
            List<Class<?>> batch = classes.subList(from, to);
            pause.takeNanos(); // what was before is not the batch's
            batch(instrumentation, batch);
            size.took(pause.takeNanos());
            after.call(batch, to);
            from = to;
        }
    }

    /**
     * The classes that are loaded, but for ours and for what has no code or is hidden.
     *
     * @param uninstrumented is told of those that are hidden, unless null
     */
    private static List<Class<?>> loaded(Instrumentation instrumentation, @Nullable Uninstrumented uninstrumented) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            String name = type.getName();
            if (type.isArray() || type.isPrimitive() || OwnClasses.isOwn(name)) {
                continue;
            }
            int hidden = name.indexOf('/');
            if (hidden < 0) {
                classes.add(type);
            } else if (uninstrumented != null) {
                uninstrumented.exclude(name.substring(0, hidden), Exclusion.HIDDEN_BEFORE);
            }
        }
        return classes;
    }

    /** @param uninstrumented is told if it is not, unless null */
    private static boolean isModifiable(
            Instrumentation instrumentation, Class<?> type, @Nullable Uninstrumented uninstrumented) {
        boolean modifiable = instrumentation.isModifiableClass(type);
        if (!modifiable && uninstrumented != null) {
            uninstrumented.exclude(type.getName(), Exclusion.UNMODIFIABLE);
        }
        return modifiable;
    }

    /** Halves a batch that fails, until the class that makes it fail is alone, and stays as it is. */
    private static void batch(Instrumentation instrumentation, List<Class<?>> classes)
            throws UnmodifiableClassException {
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
        } catch (LinkageError | InternalError | UnsupportedOperationException unlinkable) {
            // Or another agent changes in it what only loading may change.
            int middle = classes.size() / 2;
            if (middle > 0) {
                batch(instrumentation, classes.subList(0, middle));
                batch(instrumentation, classes.subList(middle, classes.size()));
            }
        }
    }

    /**
     * Asking for its members links a class without initializing it. It also loads the classes that they name, so first those are asked for
     * that name fewest; and if one of them is not to be found the class may be linked all the same, and there are others to ask for.
     */
    static boolean isLinked(Class<?> type) {
        return isLinkedBy(() -> type.isInterface() ? type.getDeclaredFields() : type.getDeclaredConstructors())
                || isLinkedBy(type::getDeclaredFields)
                || isLinkedBy(type::getDeclaredMethods);
    }

    private static boolean isLinkedBy(Supplier<Object[]> members) {
        try {
            Objects.requireNonNull(members.get());
            return true;
        } catch (Throwable unlinkable) {
            return false;
        }
    }
}
