package org.shadowheap.instrument;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.shadowheap.barrier.HiddenClasses;

/** Rewrites hidden classes as they are defined, and keeps what their bytes say. */
public final class HiddenClassRewriter implements HiddenClasses.Rewriter {

    private final BarrierTransformer transformer;
    private final HiddenDefinitions definitions;

    /** What one rewriting has read. */
    private static final class Read implements Consumer<ClassFacts> {
        private @Nullable ClassFacts facts;

        @Override
        public void accept(ClassFacts read) {
            facts = read;
        }
    }

    public HiddenClassRewriter(BarrierTransformer transformer, ClassTable classes) {
        this.transformer = transformer;
        this.definitions = classes.hidden();
    }

    @Override
    public byte[] rewrite(@Nullable ClassLoader loader, Class<?> lookup, byte[] bytes) {
        String name = ClassScan.binaryName(new ClassReader(bytes).getClassName());
        Read read = new Read();
        byte[] rewritten = transformer.rewriteHidden(name, lookup, bytes, read);
        byte[] defined = rewritten == null ? bytes : rewritten;
        ClassFacts facts = read.facts;
        if (facts != null) {
            definitions.begin(name, defined, facts);
        }
        return defined;
    }

    @Override
    public void defined(Class<?> type, byte[] bytes) {
        definitions.end(type, bytes);
    }
}
