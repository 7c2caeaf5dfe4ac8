package org.shadowheap.instrument;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.function.Consumer;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.shadowheap.barrier.AgentBytes;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.BarrierSetup;
import org.slf4j.Logger;

/**
 * Rewrites every class that is loaded or retransformed, on the thread that does so.
 *
 * <p>Never throws: a class that cannot be rewritten is returned as it is, counted and named once.
 */
public final class BarrierTransformer implements ClassFileTransformer {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long BYTES_BASE = ArrayBase.of(byte.class);
    private static final long ALIGNMENT = 8;

    private final ClassSelection selection;
    private final ClassTable classes;
    private final Uninstrumented uninstrumented;
    private final CodeLimits limits;
    private final Logger log;

    /** Null when the agent does not start. */
    private volatile @Nullable RewrittenClasses kept;

    /** @param log is told of each class that is left as it is, once */
    public BarrierTransformer(ClassSelection selection, ClassTable classes, Uninstrumented uninstrumented, Logger log) {
        this(selection, classes, uninstrumented, log, CodeLimits.HOTSPOT);
    }

    BarrierTransformer(
            ClassSelection selection,
            ClassTable classes,
            Uninstrumented uninstrumented,
            Logger log,
            CodeLimits limits) {
        this.log = log;
        this.limits = limits;
        this.selection = selection;
        this.classes = classes;
        this.uninstrumented = uninstrumented;
        uninstrumented.countUntold(classes);
    }

    /**
     * From now on classes are taken from these where they are there, and others added to them.
     *
     * @return whether they can be: it is too late if others have the numbers of their sites
     */
    public boolean keepIn(RewrittenClasses rewritten) {
        boolean free = classes.sites().leave(rewritten.lastSite());
        kept = free ? rewritten : null;
        return free;
    }

    /**
     * Whether a class of the JDK that is loaded need not be transformed, because nothing in its file needs a barrier. That is taken from
     * what is kept, without a look at the file: nobody else may have changed it.
     */
    public boolean needsNothing(Class<?> type) {
        RewrittenClasses keeps = kept;
        String name = type.getName();
        boolean isOfImage =
                BarrierSetup.loaderOf(type) == null && type.getModule().isNamed();
        ClassFacts facts =
                keeps != null && isOfImage && selection.selects(name, true) && classes.find(name, null) == null
                        ? keeps.needsNothing(name, !U.shouldBeInitialized(type))
                        : null;
        if (facts == null) {
            return false;
        }
        classes.enter(name, null, facts);
        return true;
    }

    /** From now on all classes are rewritten. Returns those that were kept, null if none were. */
    public @Nullable RewrittenClasses keepNoMore() {
        RewrittenClasses keeps = kept;
        kept = null;
        return keeps;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String internalName,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        boolean entered = false;
        long token = 0;
        try {
            token = AgentCode.enterForLong();
            entered = true;
            // Without a transformer no class file would lie in the Java heap.
            AgentBytes.madeForUs(token, arrayBytes(bytes.length));
            // Who defines a class need not name it.
            String named = internalName != null ? internalName : new ClassReader(bytes).getClassName();
            String name = named.replace('/', '.');
            boolean initialized = redefined != null && !U.shouldBeInitialized(redefined);
            return OwnClasses.isOwn(name)
                    ? null
                    : rewrite(name, loader, Application.isJdk(module, loader), initialized, bytes);
        } catch (Throwable failure) {
            failed(internalName != null ? internalName : "a class without name", failure);
            return null;
        } finally {
            if (entered) {
                AgentCode.exit(token);
            }
        }
    }

    private static long arrayBytes(int length) {
        return BYTES_BASE + (long) length + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** As below, of a class that is not initialized. */
    byte @Nullable [] rewrite(String name, @Nullable ClassLoader loader, boolean fromJdk, byte[] bytes) {
        return rewrite(name, loader, fromJdk, false, bytes);
    }

    /**
     * The new bytes, or null if nothing in them needs a barrier.
     *
     * @param initialized whether the class has been, so that its initializer never runs again. What is kept for later runs knows of no such
     *     thing: there it may not have been
     */
    private byte @Nullable [] rewrite(
            String name, @Nullable ClassLoader loader, boolean fromJdk, boolean initialized, byte[] bytes) {
        ClassFacts earlier = classes.find(name, loader);
        RewrittenClasses keeps = loader == null && earlier == null && selection.selects(name, fromJdk) ? kept : null;
        RewrittenClass known = keeps == null ? null : keeps.find(name, bytes);
        if (known != null) {
            boolean ofLibrary = classes.application().leavesOut(name, fromJdk);
            classes.sites().defineLater(known.sites(), known.targets(), ofLibrary, initialized);
            classes.enter(name, null, known.facts());
            return known.bytes();
        }
        ClassScan scan = new ClassScan(new ClassFacts(selection.selects(name, fromJdk)), initialized && keeps == null);
        return rewrite(name, fromJdk, false, bytes, earlier, scan, keeps, new Entering(classes, name, loader));
    }

    /** Enters what a class file says. No lambda here and behind: they would be linked at every start. */
    private record Entering(
            ClassTable classes, String name, @Nullable ClassLoader loader) implements Consumer<ClassFacts> {
        @Override
        public void accept(ClassFacts facts) {
            classes.enter(name, loader, facts);
        }
    }

    /** As {@link #rewrite}, for a class that belongs to the nest or package of another one and is found by no name. */
    byte @Nullable [] rewriteHidden(String name, Class<?> lookup, byte[] bytes, Consumer<ClassFacts> read) {
        if (OwnClasses.isOwn(name)) {
            return null;
        }
        boolean fromJdk = Application.isJdk(lookup.getModule(), BarrierSetup.loaderOf(lookup));
        try {
            ClassScan scan = new ClassScan(new ClassFacts(selection.selects(name, fromJdk)), false);
            return rewrite(name, fromJdk, true, bytes, null, scan, null, read);
        } catch (Throwable failure) {
            failed(name, failure);
            return null;
        }
    }

    /**
     * Rewrites a class.
     *
     * @param isHidden whether the class is rewritten once, when it is defined
     * @param earlier what is known of the class if it was rewritten before
     * @param scan of the class, not used yet
     * @param keeps is given what comes of it, unless something is left as it is
     * @param read is given what the class file says, whatever comes of it
     */
    private byte @Nullable [] rewrite(
            String name,
            boolean fromJdk,
            boolean isHidden,
            byte[] bytes,
            @Nullable ClassFacts earlier,
            ClassScan scan,
            @Nullable RewrittenClasses keeps,
            Consumer<ClassFacts> read) {
        ClassReader reader = new ClassReader(bytes);
        ClassFacts facts = scan.facts();
        reader.accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        if (!facts.namesakes().isEmpty()) {
            // Offsets are asked for by name: two fields of one name cannot be told apart.
            read.accept(facts.uninstrumented());
            leaveAlone(name, "two of its fields have the same name");
            return null;
        }
        if (!facts.instrumented) {
            uninstrumented.exclude(name, Exclusion.CHOSEN);
        }
        if (!facts.instrumented || !scan.needsRewriting()) {
            if (keeps != null) {
                keeps.add(new RewrittenClass(name, RewrittenClass.Sum.of(bytes), facts, null, List.of(), List.of()));
            }
            read.accept(facts);
            return null;
        }
        try {
            FittedClass rewritten = rewrite(
                    name, classes.application().leavesOut(name, fromJdk), isHidden, earlier, reader, scan, facts);
            if (keeps != null
                    && rewritten.oldStatics() == 0
                    && rewritten.leftOut().isEmpty()) {
                keeps.add(new RewrittenClass(
                        name,
                        RewrittenClass.Sum.of(bytes),
                        facts,
                        rewritten.bytes(),
                        rewritten.sites(),
                        rewritten.targets()));
            }
            read.accept(facts);
            return rewritten.bytes();
        } catch (Throwable failure) {
            read.accept(facts.uninstrumented());
            throw failure;
        }
    }

    private FittedClass rewrite(
            String name,
            boolean ofLibrary,
            boolean isHidden,
            @Nullable ClassFacts earlier,
            ClassReader reader,
            ClassScan scan,
            ClassFacts facts) {
        // A class that is rewritten again keeps its numbers, unless its sites have changed: code with other constants
        // would be other code.
        int first = earlier != null && earlier.sites == scan.sites() ? earlier.firstSite : 0;
        FittedClass result = first > 0 ? FittedClass.rewrite(reader, scan, first, limits) : null;
        if (result == null || !classes.sites().areTargets(first, result.targets())) {
            first = classes.sites().reserve(scan.sites());
            result = FittedClass.rewrite(reader, scan, first, limits);
        }
        facts.rewritten = true;
        facts.firstSite = first;
        facts.sites = scan.sites();
        classes.sites().define(result.sites(), result.targets(), ofLibrary);
        if (isHidden) {
            classes.sites().keep(result.sites());
        }
        if (result.oldStatics() > 0) {
            leaveAlone(name, result.oldStatics() + " static stores, the class file is older than Java 5");
        }
        for (FittedClass.LeftOut each : result.leftOut()) {
            uninstrumented.addMethod(name, each.method(), each.reason());
            facts.instrumented &= !each.isConstructor();
        }
        return result;
    }

    /** Where little stack or memory may be left: takes next to nothing of either. */
    private void failed(String internalName, Throwable failure) {
        if (failure instanceof VirtualMachineError) {
            uninstrumented.addLater(internalName, failure);
        } else {
            leaveAlone(internalName.replace('/', '.'), failure.toString());
        }
    }

    private void leaveAlone(String name, String reason) {
        try {
            if (uninstrumented.add(name, reason)) {
                log.warn("class={} is not instrumented: {}", name, reason);
            }
        } catch (Throwable unspeakable) {
            // Nothing may reach the application's class loading.
        }
    }
}
