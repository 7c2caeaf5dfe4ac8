package org.shadowheap.agent;

import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.FrameSlots;
import org.shadowheap.barrier.RootList;
import org.shadowheap.barrier.StackWalk;

/**
 * Walks the calling thread's stack with {@code java.lang.LiveStackFrame}, which gives the references in the locals and
 * operands of interpreted and compiled frames.
 */
final class StackWalks implements StackWalk {

    /** Frames looked at in one walk. */
    private static final int MAX_FRAMES = 3000;

    private final StackWalker walker;
    private final Class<?> frameClass;
    private final FrameSlots slots;
    private final Class<?> primitiveSlot;

    private StackWalks() throws ReflectiveOperationException {
        frameClass = Class.forName(LiveFrames.FRAME);
        primitiveSlot = Class.forName(LiveFrames.FRAME + "$PrimitiveSlot");
        slots = LiveFrames.get();
        // A frame of a hidden class, as a lambda is, holds references as others do.
        walker = slots.walker(Set.of(StackWalker.Option.SHOW_HIDDEN_FRAMES));
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
    private static final class Frames
            implements Consumer<StackWalker.StackFrame>, Function<Stream<StackWalker.StackFrame>, @Nullable Void> {
        private final StackWalks walks;
        private final Consumer<Object> visitor;
        private int unreadable;

        Frames(StackWalks walks, Consumer<Object> visitor) {
            this.walks = walks;
            this.visitor = visitor;
        }

        /** Advances by itself: what a stream's own operations need is loaded by nobody else at the start. */
        @Override
        public @Nullable Void apply(Stream<StackWalker.StackFrame> frames) {
            Spliterator<StackWalker.StackFrame> each = frames.spliterator();
            int left = MAX_FRAMES;
            while (left > 0 && each.tryAdvance(this)) {
                left--;
            }
            return null;
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

    private static final class Nothing implements Consumer<Object> {
        @Override
        public void accept(Object value) {}
    }

    /** Walks for nothing, so that everything a walk needs is there before it is needed. */
    private void rehearse() {
        walkFrames(new Frames(this, new Nothing()));
    }

    @Override
    public int walk(RootList found) {
        Frames frames = new Frames(this, found);
        walkFrames(frames);
        return frames.unreadable;
    }

    private void walkFrames(Frames visitor) {
        walker.walk(visitor);
    }

    private void slots(StackWalker.StackFrame frame, Consumer<Object> visitor) {
        if (frameClass.isInstance(frame)) {
            references(slots.locals(frame), visitor);
            references(slots.operands(frame), visitor);
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
