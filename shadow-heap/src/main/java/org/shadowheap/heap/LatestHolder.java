package org.shadowheap.heap;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.TypeDefinition.Shape;

/**
 * The object that a mutator stored to or gave birth to last: three of four stores of a program go to it again, and need not
 * look it up. {@link Snapshots} have one of their own.
 *
 * <p>What is known of it holds until something moves or a window of evidence begins, so until a round ends or roots are
 * requested. A class mirror is never it: its layout changes when its class is defined. One thread.
 */
final class LatestHolder {

    private static final int NONE = -1;

    private int id = NONE;
    private long address;
    private @Nullable Layout layout;
    private boolean isOld;
    private boolean isToBeRemembered;
    private boolean mayHaveOpenSnapshot;

    boolean is(int holder) {
        return holder == id;
    }

    /** Address of the object. */
    long address() {
        return address;
    }

    Layout layout() {
        return Objects.requireNonNull(layout);
    }

    boolean isOld() {
        return isOld;
    }

    /** Whether it is old, and not known to be remembered. */
    boolean isToBeRemembered() {
        return isToBeRemembered;
    }

    /** The remembered set knows it as a whole, whatever is stored to it until the round ends. */
    void remembered() {
        isToBeRemembered = false;
    }

    /** Whether its snapshot was open when it was looked up: no snapshot of what is there already is opened later. */
    boolean mayHaveOpenSnapshot() {
        return mayHaveOpenSnapshot;
    }

    /** From now on it is this object, and it has been mentioned in the window; a mirror is for one store. */
    void set(int holder, long holderAddress, Layout holderLayout, boolean old, boolean hasOpenSnapshot) {
        id = holderLayout.shape == Shape.MIRROR ? NONE : holder;
        address = holderAddress;
        isOld = old;
        isToBeRemembered = old;
        layout = holderLayout;
        mayHaveOpenSnapshot = hasOpenSnapshot;
    }

    /** The next store looks its holder up. */
    void forget() {
        id = NONE;
    }
}
