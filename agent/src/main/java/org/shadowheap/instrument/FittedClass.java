package org.shadowheap.instrument;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.shadowheap.event.SiteDefinition;

/**
 * A class file that is rewritten so that every method fits: one that would grow over a limit is rewritten again with shorter code
 * if there is any, or else stays as it is. Which these are depends on the file and the first site alone.
 */
final class FittedClass {

    private final ClassReader reader;
    private final ClassScan scan;
    private final CodeLimits limits;

    /** Methods that stay as they are although something in them needs a barrier, by number, with the reason. */
    private final Map<Integer, LeftOut> left = new TreeMap<>();

    /** Methods that fit only if they are short, by number. */
    private final Set<Integer> shortened = new TreeSet<>();

    private final int firstSite;
    private int[] lengths = {};

    /** How frames are read: expanding them takes long, and hardly any class needs it. */
    private int frames;

    private @Nullable ClassRewriter rewriter;
    private byte[] bytes = {};

    /**
     * A method that stays as it is.
     *
     * @param method name and descriptor
     * @param reason a few words
     */
    record LeftOut(String method, String reason) {

        boolean isConstructor() {
            return method.startsWith("<init>");
        }
    }

    private FittedClass(ClassReader reader, ClassScan scan, CodeLimits limits, int firstSite) {
        this.reader = reader;
        this.scan = scan;
        this.limits = limits;
        this.firstSite = firstSite;
        left.putAll(scan.leftOut);
        frames = scan.branching.isEmpty() ? 0 : ClassReader.EXPAND_FRAMES;
    }

    static FittedClass rewrite(ClassReader reader, ClassScan scan, int firstSite, CodeLimits limits) {
        FittedClass fitted = new FittedClass(reader, scan, limits, firstSite);
        byte @Nullable [] rewritten = null;
        while (rewritten == null) {
            rewritten = fitted.attempt();
        }
        fitted.bytes = rewritten;
        return fitted;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The sites, in the order of the code. */
    List<SiteDefinition> sites() {
        return rewriter().sites;
    }

    /** What each site stores to, null for array elements. */
    List<Sites.@Nullable Target> targets() {
        return rewriter().targets;
    }

    /** How many static stores cannot be told of. */
    int oldStatics() {
        return rewriter().leftOut();
    }

    /** The methods that stay as they are although something in them needs a barrier. */
    Collection<LeftOut> leftOut() {
        return left.values();
    }

    private ClassRewriter rewriter() {
        return Objects.requireNonNull(rewriter, "rewritten");
    }

    /** The class with what is known of methods that are too large; null if that was not all. */
    private byte @Nullable [] attempt() {
        ClassWriter writer = new ClassWriter(reader, 0);
        rewriter = new ClassRewriter(writer, scan, firstSite, left.keySet(), shortened);
        reader.accept(rewriter, frames);
        if (rewriter.wantsExpandedFrames() && frames == 0) {
            frames = ClassReader.EXPAND_FRAMES;
            return null;
        }
        List<ClassRewriter.Method> rewritten = rewriter.methods;
        if (leavesMore(rewritten)) {
            return null;
        }
        try {
            return writer.toByteArray();
        } catch (MethodTooLargeException grown) {
            // Jumps that have become too long take more room, which shows in the end only.
            leave(rewritten, grown);
            return null;
        }
    }

    /** Whether some of the rewritten methods are too large. */
    private boolean leavesMore(List<ClassRewriter.Method> rewritten) {
        int before = left.size() + shortened.size();
        for (ClassRewriter.Method method : rewritten) {
            int bytes = method.code().bytes();
            if (bytes > limits.compiled() && !method.isHooked()) {
                judge(method, bytes);
            }
        }
        return left.size() + shortened.size() > before;
    }

    private void judge(ClassRewriter.Method method, int bytes) {
        if (lengths.length == 0) {
            lengths = CodeLimits.lengths(reader);
        }
        int before = lengths[method.index()];
        if (bytes > limits.format()) {
            leave(method, before, bytes, limits.format());
        } else if (before <= limits.compiled() && mattersCompiled(method)) {
            leave(method, before, bytes, limits.compiled());
        }
    }

    /**
     * Whether a method may take long, so that it matters that it is compiled. An initializer runs once: it would matter for a
     * loop in it, but its stores are roots. Without a jump a method stores each thing once, as initializers that tools write do.
     */
    private boolean mattersCompiled(ClassRewriter.Method method) {
        return !method.name().equals("<clinit>") && Jumps.areIn(reader, method.index());
    }

    private void leave(ClassRewriter.Method method, int before, int bytes, int limit) {
        if (method.code().canBeShorter()) {
            shortened.add(method.index());
            return;
        }
        left.put(
                method.index(),
                new LeftOut(
                        method.name() + method.descriptor(),
                        "its code of " + before + " bytes would have " + bytes + ", more than " + limit));
    }

    private void leave(List<ClassRewriter.Method> rewritten, MethodTooLargeException grown) {
        for (ClassRewriter.Method method : rewritten) {
            if (method.name().equals(grown.getMethodName())
                    && method.descriptor().equals(grown.getDescriptor())
                    && !method.isHooked()) {
                leave(method, CodeLimits.lengths(reader)[method.index()], grown.getCodeSize(), limits.format());
                return;
            }
        }
        throw grown;
    }
}
