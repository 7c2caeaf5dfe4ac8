package org.shadowheap.instrument;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.HiddenClasses;

/**
 * Rewrites hidden classes as they are defined. What their bytes say is kept by the bytes until the class is there, and then
 * by the class: several may have one name.
 */
public final class HiddenClassRewriter implements HiddenClasses.Rewriter {

    /** Definitions on their way at the same time; of one that fails nobody hears again. */
    private static final int MOST_PENDING = 256;

    private final BarrierTransformer transformer;
    private final ClassTable classes;
    private final Deque<Pending> pending = new ArrayDeque<>();

    /** What the bytes say that a class is about to be defined from. */
    private static final class Pending {
        private final byte[] bytes;
        private final ClassFacts facts;

        Pending(byte[] bytes, ClassFacts facts) {
            this.bytes = bytes;
            this.facts = facts;
        }
    }

    /** What one rewriting has read. */
    private static final class Read {
        private @Nullable ClassFacts facts;
    }

    public HiddenClassRewriter(BarrierTransformer transformer, ClassTable classes) {
        this.transformer = transformer;
        this.classes = classes;
    }

    @Override
    public byte[] rewrite(@Nullable ClassLoader loader, Class<?> lookup, byte[] bytes) {
        Read read = new Read();
        byte[] rewritten = transformer.rewriteHidden(lookup, bytes, facts -> read.facts = facts);
        byte[] defined = rewritten == null ? bytes : rewritten;
        ClassFacts facts = read.facts;
        if (facts != null) {
            add(new Pending(defined, facts));
        }
        return defined;
    }

    private synchronized void add(Pending definition) {
        if (pending.size() == MOST_PENDING) {
            pending.removeFirst();
        }
        pending.addLast(definition);
    }

    @Override
    public void defined(Class<?> type, byte[] bytes) {
        ClassFacts facts = take(bytes);
        if (facts != null) {
            classes.enterHidden(type, facts);
        }
    }

    private synchronized @Nullable ClassFacts take(byte[] bytes) {
        for (Iterator<Pending> each = pending.descendingIterator(); each.hasNext(); ) {
            Pending definition = each.next();
            if (definition.bytes == bytes) {
                each.remove();
                return definition.facts;
            }
        }
        return null;
    }
}
