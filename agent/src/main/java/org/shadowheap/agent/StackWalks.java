package org.shadowheap.agent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.RootList;
import org.shadowheap.barrier.StackWalk;

/**
 * Walks the calling thread's stack with {@code java.lang.LiveStackFrame}, which gives the references in the locals and
 * operands of interpreted and compiled frames.
 */
final class StackWalks implements StackWalk {

    /** Frames looked at in one walk. */
    private static final int MAX_FRAMES = 3000;

    /**
     * Frames looked at before the first walk that counts. A method handle is compiled anew, into a new class, after 127 calls;
     * every frame calls each handle, and no class may be made inside a barrier.
     */
    private static final int REHEARSED_FRAMES = 256;

    private final StackWalker walker;
    private final Class<?> frameClass;
    private final MethodHandle locals;
    private final MethodHandle stack;
    private final Class<?> primitiveSlot;

    private StackWalks() throws Throwable {
        frameClass = Class.forName("java.lang.LiveStackFrame");
        primitiveSlot = Class.forName("java.lang.LiveStackFrame$PrimitiveSlot");
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(frameClass, MethodHandles.lookup());
        walker = (StackWalker) lookup.findStatic(frameClass, "getStackWalker", MethodType.methodType(StackWalker.class))
                .invoke();
        MethodType values = MethodType.methodType(Object[].class);
        MethodType generic = MethodType.methodType(Object[].class, StackWalker.StackFrame.class);
        locals = lookup.findVirtual(frameClass, "getLocals", values).asType(generic);
        stack = lookup.findVirtual(frameClass, "getStack", values).asType(generic);
    }

    /** A walk that works in this JVM, null if it has no such API. */
    static @Nullable StackWalk create() {
        try {
            StackWalks walks = new StackWalks();
            walks.rehearse();
            return walks;
        } catch (Throwable absent) {
            return null;
        }
    }

    /** Visits the references of each frame. Classes, not lambdas: nothing is linked inside a barrier. */
    private static final class Frames implements Consumer<StackWalker.StackFrame> {
        private final StackWalks walks;
        private final Consumer<Object> visitor;
        private int unreadable;

        Frames(StackWalks walks, Consumer<Object> visitor) {
            this.walks = walks;
            this.visitor = visitor;
        }

        @Override
        public void accept(StackWalker.StackFrame frame) {
            try {
                walks.slots(frame, visitor);
            } catch (Throwable failure) {
                unreadable++;
            }
        }
    }

    /** Visits frames for nothing, and counts them. */
    private static final class Rehearsal implements Consumer<StackWalker.StackFrame> {
        private final Frames frames;
        private int visited;

        Rehearsal(StackWalks walks) {
            frames = new Frames(walks, new Nothing());
        }

        @Override
        public void accept(StackWalker.StackFrame frame) {
            visited++;
            frames.accept(frame);
        }
    }

    private static final class Nothing implements Consumer<Object> {
        @Override
        public void accept(Object value) {}
    }

    /** Walks for nothing, so that everything a walk needs is there before it is needed. */
    private void rehearse() {
        Rehearsal rehearsal = new Rehearsal(this);
        while (rehearsal.visited < REHEARSED_FRAMES) {
            walkFrames(rehearsal);
        }
    }

    @Override
    public int walk(RootList found) {
        Frames frames = new Frames(this, found);
        walkFrames(frames);
        return frames.unreadable;
    }

    private void walkFrames(Consumer<StackWalker.StackFrame> visitor) {
        walker.walk(frames -> {
            frames.limit(MAX_FRAMES).forEach(visitor);
            return null;
        });
    }

    private void slots(StackWalker.StackFrame frame, Consumer<Object> visitor) throws Throwable {
        if (frameClass.isInstance(frame)) {
            references((Object[]) locals.invokeExact(frame), visitor);
            references((Object[]) stack.invokeExact(frame), visitor);
        }
    }

    private void references(@Nullable Object @Nullable [] values, Consumer<Object> visitor) {
        if (values == null) {
            return;
        }
        for (Object value : values) {
            if (value != null && !primitiveSlot.isInstance(value)) {
                visitor.accept(value);
            }
        }
    }
}
