package org.shadowheap.barrier;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code java.lang.LiveStackFrame} tells of a frame, which only classes of its package may ask: one that is made at the
 * start does, and calls it as compiled code would.
 */
public interface FrameSlots {

    /**
     * A walker whose frames have slots.
     *
     * @param options which frames it shows besides
     */
    StackWalker walker(Set<StackWalker.Option> options);

    /** The local variables of a frame. */
    @Nullable
    Object @Nullable [] locals(StackWalker.StackFrame frame);

    /** The operands of a frame. */
    @Nullable
    Object @Nullable [] operands(StackWalker.StackFrame frame);
}
