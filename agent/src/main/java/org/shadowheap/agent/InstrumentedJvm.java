package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.HiddenClasses;
import org.shadowheap.barrier.Recording;
import org.shadowheap.instrument.BarrierTransformer;
import org.shadowheap.instrument.ClassTable;
import org.shadowheap.instrument.HiddenClassRewriter;
import org.shadowheap.instrument.RewrittenClasses;
import org.shadowheap.instrument.Uninstrumented;

/**
 * This JVM, whose classes a session rewrites: those that are loaded when it begins, and from then on each that is loaded. Who ends before
 * the JVM does gives them their code back.
 *
 * @param classes what is known of them
 * @param uninstrumented those that stay as they are
 */
record InstrumentedJvm(
        Instrumentation instrumentation,
        BarrierTransformer transformer,
        ClassTable classes,
        Uninstrumented uninstrumented) {

    /** From now on classes are rewritten as they are loaded, hidden ones as they are defined. */
    void rewriteFromNowOn() {
        HiddenClassRewriter hidden = new HiddenClassRewriter(transformer, classes);
        instrumentation.addTransformer(transformer, true);
        HiddenClasses.rewriteWith(hidden);
    }

    /**
     * Rewrites the classes that are loaded, while the program has not begun.
     *
     * @param kept those that an earlier run has rewritten: until {@link #keepNoMore} what is loaded is taken from there, too
     */
    void rewriteLoaded(@Nullable RewrittenClasses kept) throws UnmodifiableClassException {
        boolean keeps = kept != null && transformer.keepIn(kept);
        Retransformation.run(instrumentation, transformer, uninstrumented, keeps && OtherAgents.areAbsent());
    }

    /** What is loaded from now on is rewritten, and later runs are left what this one had to rewrite. */
    void keepNoMore(@Nullable RewrittenFile file) {
        RewrittenClasses kept = transformer.keepNoMore();
        if (file != null && kept != null && kept.hasNews() && !file.write(kept) && file.isAskedFor()) {
            StandardError.line("nothing is kept for later runs, cache=" + file.folder()
                    + " must be a folder of yours where nobody else may write");
        }
    }

    /** Rewrites the classes that are loaded, while the program runs. */
    void rewriteLoaded(Attachment attachment) throws UnmodifiableClassException {
        Retransformation.run(instrumentation, classes, uninstrumented, attachment);
    }

    /** What is loaded from now on stays as it is, and nothing is met any more. */
    void rewriteNoMore() {
        Recording.leave();
        HiddenClasses.rewriteWith(null);
        instrumentation.removeTransformer(transformer);
    }

    /** After {@link #rewriteNoMore}: classes that were rewritten have the code again that they had before. */
    void restore() throws UnmodifiableClassException {
        Retransformation.undo(instrumentation, classes);
    }
}
