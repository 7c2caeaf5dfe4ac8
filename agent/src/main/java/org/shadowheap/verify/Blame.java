package org.shadowheap.verify;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.ShadowGraph;

/** Says what explains a slot that differs, or who is to blame for it. */
final class Blame {

    /** The name that all threads of the agent begin with. */
    static final String AGENT_THREAD = "shadowheap-";

    private final DumpedHeap dump;
    private final ShadowGraph shadow;
    private final Pairs pairs;
    private final Descriptions descriptions;
    private final SlotSet racing;
    private final Predicate<String> isOwn;
    private final Explanations explanations;

    /** Pairs that were found while no slot was compared that the virtual machine writes: none of them only a reference leads to. */
    private int held;

    /**
     * @param racing slots that were stored to while the dump was taken
     * @param isOwn whether a class, by name, is the agent's own
     */
    Blame(
            DumpedHeap dump,
            ShadowGraph shadow,
            Pairs pairs,
            Descriptions descriptions,
            SlotSet racing,
            Predicate<String> isOwn,
            Explanations explanations) {
        this.dump = dump;
        this.shadow = shadow;
        this.pairs = pairs;
        this.descriptions = descriptions;
        this.racing = racing;
        this.isOwn = isOwn;
        this.explanations = explanations;
    }

    /** From here on slots are compared that the virtual machine writes, too; so many pairs were found before. */
    void heldAre(int found) {
        held = found;
    }

    /** Of a static field of a class that has no mirror in the shadow heap. */
    Cause withoutMirror(DumpedClass mirrored, String field) {
        if (explanations.constants().contains(field)) {
            return Cause.WRITTEN_BY_VM;
        }
        return explanations.uninstrumented().contains(mirrored.name()) ? Cause.UNINSTRUMENTED_CLASS : Cause.NEVER_MET;
    }

    /**
     * What explains a difference, or else who is to blame for it.
     *
     * @param cause what a look at the slot alone has found
     * @param field its name
     * @param slot null for an element
     * @param raced whether it was stored to while the dump was taken
     */
    Cause of(
            Cause cause,
            int holder,
            long expected,
            int actual,
            String field,
            Slots.@Nullable Slot slot,
            boolean raced) {
        if (isWrittenByVm(field) && !isWrittenByTheProgram(cause, holder, expected, actual, field)) {
            return Cause.WRITTEN_BY_VM;
        }
        if (isOfTheAgent(expected)) {
            return Cause.OF_THE_AGENT;
        }
        if (raced) {
            return Cause.RACING_WRITE;
        }
        if (racing.hasOverflowed()) {
            return Cause.UNKNOWN;
        }
        if (cause == Cause.JUDGED_DEAD) {
            return cause;
        }
        if (slot != null
                && explanations.uninstrumented().contains(slot.declaring().name())) {
            return Cause.UNINSTRUMENTED_CLASS;
        }
        return cause == Cause.UNSEEN_STORE ? unseen(holder, field, slot) : cause;
    }

    /** Who may have stored unseen. */
    private Cause unseen(int holder, String field, Slots.@Nullable Slot slot) {
        if (isOfAnEarlierFrame(holder, slot)) {
            return Cause.EARLIER_FRAME;
        }
        // What the JVM's own native methods leave in a field is known.
        boolean hasNative = slot != null
                && !isWrittenByVm(field)
                && explanations.natives().contains(slot.declaring().name());
        return hasNative ? Cause.JNI : Cause.UNSEEN_STORE;
    }

    /** Whether a frame that began before may have stored there. An instruction may name a class that inherits the field. */
    private boolean isOfAnEarlierFrame(int holder, Slots.@Nullable Slot slot) {
        Set<String> stored = explanations.ofEarlierFrames();
        if (slot == null) {
            return stored.contains(Explanations.ELEMENTS);
        }
        long object = pairs.dumped(holder);
        DumpedClass mirrored = dump.mirrored(object);
        for (DumpedClass at = mirrored == null ? dump.classOf(object) : mirrored; at != null; at = at.parent()) {
            if (stored.contains(at.name() + '.' + slot.name())) {
                return true;
            }
            if (at.equals(slot.declaring())) {
                break;
            }
        }
        return false;
    }

    /** Whether a slot that the virtual machine writes, too, holds what it cannot have left there. */
    private boolean isWrittenByTheProgram(Cause cause, int holder, long expected, int actual, String field) {
        if (VmSlots.isOnlyMadeALoop(field)) {
            return expected != pairs.dumped(holder);
        }
        if (VmSlots.isReplacedByAnEqual(field)) {
            return expected == 0 || !descriptions.isAlive(actual) || dump.lengthOf(expected) != shadow.lengthOf(actual);
        }
        if (!VmSlots.isOnlyCleared(field) || actual == 0 || cause == Cause.JUDGED_DEAD) {
            return false;
        }
        // The collector clears what nobody holds.
        int pair = pairs.ofId(actual);
        return expected != 0 || pair != Pairs.NONE && pair < held;
    }

    /** Whether the virtual machine writes a field, or the elements of one. */
    boolean isWrittenByVm(String field) {
        return VmSlots.isWrittenByVm(field) || explanations.constants().contains(field);
    }

    /** Whether an object of the dump is one that the agent made for itself, and so has no id. */
    boolean isOfTheAgent(long object) {
        if (object == 0) {
            return false;
        }
        DumpedClass mirrored = dump.mirrored(object);
        DumpedClass type = mirrored != null ? mirrored : dump.classOf(object);
        return isOwn.test(type.name()) || mirrored == null && isThreadOfTheAgent(object);
    }

    /** Whether it is a thread of the agent. */
    boolean isThreadOfTheAgent(long object) {
        if (!dump.classOf(object).extendsClass("java.lang.Thread")) {
            return false;
        }
        String name = dump.threadName(object);
        return name != null && name.startsWith(AGENT_THREAD);
    }
}
