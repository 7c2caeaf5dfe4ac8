package org.shadowheap.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

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

    private static final DefinitionSink NOWHERE = new DefinitionSink() {
        @Override
        public void site(SiteDefinition site) {}

        @Override
        public void type(TypeDefinition type) {}

        @Override
        public void caller(CallerDefinition caller) {}
    };

    private TransformerRehearsal() {}

    /**
     * Plays it; called once, on the thread that starts the agent.
     *
     * @throws IOException if a class file of the JDK cannot be read
     */
    public static void play() throws IOException {
        loadWhatIsNeededWhenThreadsMeet();
        loadWhatIsNeededWhenAClassIsTooLarge();
        ClassTable classes = new ClassTable(NOWHERE);
        BarrierTransformer transformer = new BarrierTransformer(
                new ClassSelection(List.of(), List.of(EXCLUDED), true), classes, new Uninstrumented());
        for (String name : CLASSES) {
            transform(transformer, name);
        }
        transform(transformer, AGAIN);
        transform(transformer, EXCLUDED);
        transform(
                new BarrierTransformer(
                        new ClassSelection(List.of(), List.of(), true), classes, new Uninstrumented(), TIGHT),
                TOO_LARGE);
        byte[] hidden = bytesOf(AGAIN);
        HiddenClassRewriter hiddenClasses = new HiddenClassRewriter(transformer, classes);
        hiddenClasses.defined(Object.class, hiddenClasses.rewrite(null, Object.class, hidden));
    }

    private static void transform(BarrierTransformer transformer, String name) throws IOException {
        transformer.transform(Object.class.getModule(), null, name.replace('.', '/'), null, null, bytesOf(name));
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

    private static void loadWhatIsNeededWhenAClassIsTooLarge() throws IOException {
        for (Class<?> type : List.of(ClassTooLargeException.class, MethodTooLargeException.class)) {
            if (type.getDeclaredFields().length == 0) { // links it
                throw new IOException(type + " has no fields");
            }
        }
    }

    private static byte[] bytesOf(String name) throws IOException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no class file of " + name);
            }
            return in.readAllBytes();
        }
    }
}
