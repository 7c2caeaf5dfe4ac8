package org.shadowheap.instrument;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.slf4j.Logger;

/**
 * Rewrites a few classes for nothing before the transformer is installed, so that everything a rewriting needs is loaded and
 * linked by then. A class that the transformer needs while it is told of that very class is a ClassCircularityError in
 * whatever the application was doing.
 */
public final class TransformerRehearsal {

    /** Together they have all that makes a rewriting load another class of ours. */
    private static final String[] CLASSES = {
        "java.lang.Object", // the birth of objects
        "java.util.HashMap$KeySet", // a store before super()
        "java.util.Comparator", // lambdas
        "java.util.concurrent.atomic.AtomicReferenceFieldUpdater$AtomicReferenceFieldUpdaterImpl", // calls of Unsafe
        "java.util.concurrent.atomic.AtomicReference", // calls of VarHandles
        "java.util.concurrent.atomic.AtomicReferenceArray",
        "org.shadowheap.selftest.SelfTestProgram", // annotations of types
    };

    private static final String[] WHEN_THREADS_MEET = {
        "CounterCell", "ForwardingNode", "ReservationNode", "TreeBin", "TreeNode", "Traverser"
    };

    /** A class that is rewritten again keeps its sites. */
    private static final String AGAIN = "java.util.HashMap$KeySet";

    private static final String EXCLUDED = "java.util.List";

    /** Has methods of less bytes than these limits that grow over the first, and others that grow over both. */
    private static final String TOO_LARGE = "java.util.concurrent.atomic.AtomicReference";

    private static final CodeLimits TIGHT = new CodeLimits(12, 16);

    private TransformerRehearsal() {}

    /**
     * Plays it; called once, on the thread that starts the agent.
     *
     * @throws ReflectiveOperationException if a class of the JDK is missing or its file is not told
     */
    public static void play(Instrumentation instrumentation, Logger log) throws ReflectiveOperationException {
        ClassFiles files = new ClassFiles();
        files.ask(instrumentation);
        loadWhatIsNeededWhenThreadsMeet();
        loadWhatIsNeededWhenAClassIsTooLarge();
        ClassTable classes = new ClassTable(new UnheardDefinitions());
        BarrierTransformer transformer = new BarrierTransformer(
                new ClassSelection(List.of(), List.of(EXCLUDED), true), classes, new Uninstrumented(), log);
        for (String name : CLASSES) {
            transform(transformer, files, name);
        }
        transform(transformer, files, AGAIN);
        transform(transformer, files, EXCLUDED);
        transform(
                new BarrierTransformer(
                        new ClassSelection(List.of(), List.of(), true), classes, new Uninstrumented(), log, TIGHT),
                files,
                TOO_LARGE);
        byte[] hidden = files.of(AGAIN);
        HiddenClassRewriter hiddenClasses = new HiddenClassRewriter(transformer, classes);
        hiddenClasses.defined(Object.class, hiddenClasses.rewrite(null, Object.class, hidden));
    }

    private static void transform(BarrierTransformer transformer, ClassFiles files, String name)
            throws ClassNotFoundException {
        transformer.transform(Object.class.getModule(), null, name.replace('.', '/'), null, null, files.of(name));
    }

    /** Tables of java.util.concurrent need these when threads meet in them, and only then. */
    private static void loadWhatIsNeededWhenThreadsMeet() {
        ThreadLocalRandom.current();
        for (String member : WHEN_THREADS_MEET) {
            try {
                Class.forName(ConcurrentHashMap.class.getName() + '$' + member);
            } catch (ClassNotFoundException otherJdk) {
                // Then its tables do without.
            }
        }
    }

    private static void loadWhatIsNeededWhenAClassIsTooLarge() throws ReflectiveOperationException {
        for (Class<?> type : List.of(ClassTooLargeException.class, MethodTooLargeException.class)) {
            if (type.getDeclaredFields().length == 0) { // links it
                throw new NoSuchFieldException(type + " has no fields");
            }
        }
    }

    /**
     * Class files as the JVM tells transformers of them: it makes them from what it holds. To read them as resources would load
     * dozens of classes of the JDK, and each that is there is rewritten and mirrored next.
     */
    private static final class ClassFiles implements ClassFileTransformer {
        private final Thread asker = Thread.currentThread();
        private final Map<String, byte[]> files = new HashMap<>();

        void ask(Instrumentation instrumentation) throws ReflectiveOperationException {
            List<Class<?>> classes = new ArrayList<>();
            for (String name : CLASSES) {
                classes.add(Class.forName(name));
            }
            classes.add(Class.forName(EXCLUDED));
            instrumentation.addTransformer(this, true);
            try {
                instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
            } catch (UnmodifiableClassException impossible) {
                throw new ReflectiveOperationException(impossible);
            } finally {
                instrumentation.removeTransformer(this);
            }
        }

        @Override
        public byte @Nullable [] transform(
                @Nullable Module module,
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (redefined != null && name != null && Thread.currentThread() == asker) {
                files.put(name, bytes);
            }
            return null;
        }

        byte[] of(String name) throws ClassNotFoundException {
            byte[] bytes = files.get(name.replace('.', '/'));
            if (bytes == null) {
                throw new ClassNotFoundException("the JVM does not tell the class file of " + name);
            }
            return bytes;
        }
    }
}
