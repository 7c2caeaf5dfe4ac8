package org.shadowheap.targets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The ways to write a reference, each with the call of the barrier that tells of it: by the name of the call and what was done
 * before it. {@link SabotagedWrites} goes each way to slots of its own, and {@link SabotagingAgent} takes such calls out.
 */
public enum WritePath {
    PUTFIELD("HELD.slot"),
    PUTFIELDS_IN_A_ROW("HELD.one HELD.other"),
    STORE_BEFORE_SUPER("held.this$0"),
    PUTSTATIC("slot"),
    AASTORE("HELD[1]"),
    AASTORE_OF_SHARED_ARRAYS("HELD[1]"),
    ARRAYCOPY("HELD[1]"),
    ARRAYCOPY_THAT_FAILS("HELD[0]"),
    ARRAYS_COPY_OF("held[0]"),
    CLONE_OF_ARRAY("held[0]"),
    CLONE_OF_OBJECT("held.slot"),
    ARRAY_NEW_INSTANCE("held[0]"),
    MULTIANEWARRAY("held[0]"),
    ARRAY_SET("HELD[1]"),
    UNSAFE_PUT("HELD.direct"),
    UNSAFE_GET_AND_SET("HELD.direct"),
    UNSAFE_COMPARE_AND_SET("HELD.direct"),
    UNSAFE_COMPARE_AND_EXCHANGE("HELD.direct"),
    REFERENCE_CLEAR("HELD.referent"),
    HIDDEN_CLASSES("held.slot");

    /** Of its class, with a blank between them. */
    private final String slots;

    WritePath(String slots) {
        this.slots = slots;
    }

    /** Paths of the slots that the program itself writes to in this way. */
    public List<String> slots() {
        return paths(slots);
    }

    /** The same, and of those that the JDK writes to in this way for the program: by a variable handle, and in its own object. */
    public List<String> allSlots() {
        return paths(name().startsWith("UNSAFE_") ? slots + " HELD.byHandle HELD.atomic.value" : slots);
    }

    private List<String> paths(String ofClass) {
        return Stream.of(ofClass.split(" ", -1))
                .map(slot -> program() + '.' + slot)
                .toList();
    }

    /** The class of {@link SabotagedWrites} that goes this way, binary name. */
    public String program() {
        StringBuilder name = new StringBuilder(SabotagedWrites.class.getName()).append('$');
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /**
     * The way that a call of the barrier tells of; null for births without references, and what else is no write.
     *
     * @param call name of the barrier's method
     * @param before what the code did last that may have written: the name of a method, or of an instruction
     */
    public static WritePath toldOf(String call, String before) {
        return switch (call) {
            case "fieldStore" ->
                switch (before) {
                    case "<init>" -> STORE_BEFORE_SUPER;
                    case "clear0" -> REFERENCE_CLEAR;
                    default -> PUTFIELD;
                };
            case "fieldStores" -> before.equals("<init>") ? STORE_BEFORE_SUPER : PUTFIELDS_IN_A_ROW;
            case "staticStore" -> PUTSTATIC;
            case "arrayStore" -> AASTORE;
            case "sharedArrayStore" -> AASTORE_OF_SHARED_ARRAYS;
            case "arrayCopy", "copyArray" -> ARRAYCOPY;
            case "arrayCopyBegins" -> ARRAYCOPY_THAT_FAILS;
            case "filledBirth" ->
                switch (before) {
                    case "copyOf", "copyOfRange" -> ARRAYS_COPY_OF;
                    case "clone[]" -> CLONE_OF_ARRAY;
                    case "clone" -> CLONE_OF_OBJECT;
                    case "multianewarray" -> MULTIANEWARRAY;
                    default -> ARRAY_NEW_INSTANCE;
                };
            case "reflectiveArrayStore" -> ARRAY_SET;
            case "unsafeStore" -> before.startsWith("getAndSet") ? UNSAFE_GET_AND_SET : UNSAFE_PUT;
            case "unsafeCompareAndSet" -> UNSAFE_COMPARE_AND_SET;
            case "unsafeCompareAndExchange" -> UNSAFE_COMPARE_AND_EXCHANGE;
            case "hiddenClassBytes" -> HIDDEN_CLASSES;
            default -> null;
        };
    }
}
