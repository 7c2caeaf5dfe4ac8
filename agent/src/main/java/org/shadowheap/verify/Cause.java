package org.shadowheap.verify;

/** Why a slot differs, as far as the comparison can tell. */
enum Cause {

    /** The class that declares the field, or the holder's own, is not instrumented: its stores are not seen. */
    UNINSTRUMENTED_CLASS("uninstrumented class"),

    /** The shadow heap knows of no such slot: its type was described without the field. */
    UNSEEN_SLOT("unseen slot"),

    /** The class is instrumented, the slot is known, and yet it holds something else. */
    UNSEEN_STORE("unseen store"),

    /** An unseen store, and a frame that began before the session did may have stored there: it runs code that tells of nothing. */
    EARLIER_FRAME("frame that began before"),

    /** An unseen store, and the class that declares the field has native methods, which tell of nothing. */
    JNI("JNI"),

    /** The shadow heap has no mirror of the class: nobody ever stored to its statics in a way that is seen. */
    NEVER_MET("class never met"),

    /** The slot holds the right object or a wrong one, which a collection of the shadow heap took for dead. */
    JUDGED_DEAD("judged dead"),

    /** It differs only in which of several like objects it refers to, or was not to be told apart from a racing one. */
    UNKNOWN("unknown"),

    /** Stored to while the dump was taken. Counted apart. */
    RACING_WRITE("racing write"),

    /** Written by the virtual machine itself, see {@link VmSlots}. Counted as explained. */
    WRITTEN_BY_VM("written by the JVM"),

    /** It holds an object of the agent, which is not mirrored, or is part of one of its threads. Counted as explained. */
    OF_THE_AGENT("of the agent");

    /** How reports name it. */
    final String text;

    Cause(String text) {
        this.text = text;
    }

    boolean isDifference() {
        return this != RACING_WRITE && !isExplained();
    }

    boolean isExplained() {
        return this == WRITTEN_BY_VM || this == OF_THE_AGENT;
    }
}
