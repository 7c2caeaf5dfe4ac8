package org.shadowheap.collect;

import org.shadowheap.heap.EdgeVisitor;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.memory.NativeLongStack;

/**
 * Young objects that must be moved, by their ids, and objects whose slots must be scanned. A large one is scanned in segments,
 * the rest of it below what the first has led to: so the stack stays short, however long an array or a list is. One thread.
 */
final class ScanStack implements AutoCloseable {

    private static final long SEGMENT_BYTES = 1 << 13;

    /** Set in an address, which is a multiple of 8, if the address below it says where to go on. */
    private static final long CONTINUED = 1;

    /** Set in a word that holds an id, above {@link #ID_SHIFT}. */
    private static final long WAITING = 2;

    private static final int ID_SHIFT = 3;

    private final Evacuation evacuation;
    private final NativeLongStack stack;

    /** Words at the bottom that were given away; they go when the stack is empty. */
    private long given;

    /** Where to begin in what was popped. */
    private long from;

    ScanStack(Evacuation evacuation) {
        this.evacuation = evacuation;
        stack = new NativeLongStack(evacuation.memory());
    }

    void push(long object) {
        if (evacuation.hasStrongSlots(object)) {
            stack.push(object);
        }
    }

    /** An object that somebody has still to move, unless it was moved before its turn. */
    void pushWaiting(int id) {
        stack.push((long) id << ID_SHIFT | WAITING);
    }

    /** Takes what was pushed last if that waits to be moved; 0 if it does not. */
    int popWaiting() {
        long top = stack.get(stack.size() - 1);
        if ((top & WAITING) == 0) {
            return 0;
        }
        stack.pop();
        return (int) (top >>> ID_SHIFT);
    }

    boolean isEmpty() {
        return words() == 0;
    }

    /** How much is here: 1 for an id or an object, 2 for the rest of one. */
    long words() {
        return stack.size() - given;
    }

    /** Takes the object, or the segment of one, that was pushed last; {@link #scan} comes next. */
    long pop() {
        long top = stack.pop();
        from = (top & CONTINUED) == 0 ? top : stack.pop();
        return top & ~CONTINUED;
    }

    /** Visits the edges of what was popped. */
    void scan(long object, EdgeVisitor visitor) {
        long to = from + SEGMENT_BYTES;
        if (to < object + evacuation.bytesOf(object)) {
            stack.push(to);
            stack.push(object | CONTINUED);
        }
        evacuation.scan(object, from, to, visitor);
    }

    /** Moves what was pushed first to another stack: at least so many words, if they are here. */
    void giveOldest(long words, ScanStack receiver) {
        receiver.forgetGivenIfEmpty();
        long end = Math.min(given + words, stack.size());
        while (given < end) {
            long word = stack.get(given++);
            receiver.stack.push(word);
            if (given < stack.size() && (stack.get(given) & CONTINUED) != 0) {
                receiver.stack.push(stack.get(given++)); // the word was no object: it says where to go on in this one
            }
        }
        forgetGivenIfEmpty();
    }

    private void forgetGivenIfEmpty() {
        if (isEmpty()) {
            for (; given > 0; given--) {
                stack.pop();
            }
        }
    }

    @Override
    public void close() {
        stack.close();
    }
}
