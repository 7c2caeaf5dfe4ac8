package org.shadowheap.verify;

import java.util.Map;

/**
 * The fields that the virtual machine, or a native method of the JDK, writes without bytecode: the one table of them.
 *
 * <p>Where such a slot differs it counts as explained, and what it refers to is not compared by this way. Where it agrees
 * it is like any other. An entry names a field and what writes it; JDKs that lack the field need none.
 */
final class VmSlots {

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("java.lang.ref.Reference.referent", "cleared by the collector"),
            Map.entry("java.lang.ref.Reference.discovered", "the collector's list of references"),
            Map.entry("java.lang.ref.Reference.next", "made to lead to itself when the referent is to be finalized"),
            Map.entry("java.lang.invoke.CallSite.target", "set inside the VM when a call site is linked or changed"),
            Map.entry("java.lang.Throwable.backtrace", "filled when the stack is walked"),
            Map.entry("java.lang.Throwable.stackTrace", "reset when the stack is walked"),
            Map.entry("java.lang.String.value", "replaced by string deduplication"),
            Map.entry("java.lang.Class.name", "set when a class is first asked for its name"),
            // Filled from a backtrace when somebody asks for the elements.
            Map.entry("java.lang.StackTraceElement.declaringClassObject", "filled from a backtrace"),
            Map.entry("java.lang.StackTraceElement.classLoaderName", "filled from a backtrace"),
            Map.entry("java.lang.StackTraceElement.moduleName", "filled from a backtrace"),
            Map.entry("java.lang.StackTraceElement.moduleVersion", "filled from a backtrace"),
            Map.entry("java.lang.StackTraceElement.declaringClass", "filled from a backtrace"),
            Map.entry("java.lang.StackTraceElement.methodName", "filled from a backtrace"),
            Map.entry("java.lang.StackTraceElement.fileName", "filled from a backtrace"),
            // A member's name is resolved inside the VM.
            Map.entry("java.lang.invoke.MemberName.clazz", "set when a member is resolved"),
            Map.entry("java.lang.invoke.MemberName.name", "set when a member is resolved"),
            Map.entry("java.lang.invoke.MemberName.type", "set when a member is resolved"),
            Map.entry("java.lang.invoke.MemberName.method", "set when a member is resolved"),
            Map.entry("java.lang.invoke.ResolvedMethodName.vmholder", "added to the class by the VM"),
            // Filled from the archive of class data, by a native method.
            Map.entry("java.lang.Byte$ByteCache.archivedCache", "from the archive"),
            Map.entry("java.lang.Character$CharacterCache.archivedCache", "from the archive"),
            Map.entry("java.lang.Integer$IntegerCache.archivedCache", "from the archive"),
            Map.entry("java.lang.Long$LongCache.archivedCache", "from the archive"),
            Map.entry("java.lang.Short$ShortCache.archivedCache", "from the archive"),
            // Filled by a native method, twice.
            Map.entry("com.sun.management.internal.GcInfoBuilder.gcExtItemNames[]", "filled by a native method"),
            Map.entry("com.sun.management.internal.GcInfoBuilder.gcExtItemDescs[]", "filled by a native method"),
            // Names of addresses, which the native methods that look them up know.
            Map.entry("java.net.InetAddress$InetAddressHolder.hostName", "filled by a native method"),
            Map.entry("java.net.InetAddress$InetAddressHolder.originalHostName", "filled by a native method"),
            // 21 and later: stacks of virtual threads move between heap and thread inside the VM.
            Map.entry("jdk.internal.vm.Continuation.tail", "set when a continuation is frozen or thawed"),
            Map.entry("jdk.internal.vm.StackChunk.parent", "set when a continuation is frozen or thawed"),
            Map.entry("jdk.internal.vm.StackChunk.cont", "set when a continuation is frozen or thawed"),
            // 24 and later.
            Map.entry("java.lang.VirtualThread.next", "the VM's list of threads whose monitor became free"));

    private VmSlots() {}

    /** Whether the virtual machine does no more than clear a field: what it still holds is what the program wrote. */
    static boolean isOnlyCleared(String field) {
        return field.equals("java.lang.ref.Reference.referent");
    }

    /** Whether the virtual machine writes the holder itself to a field, and nothing else. */
    static boolean isOnlyMadeALoop(String field) {
        return field.equals("java.lang.ref.Reference.next");
    }

    /** Whether the virtual machine replaces what a field holds by an array that is equal. */
    static boolean isReplacedByAnEqual(String field) {
        return field.equals("java.lang.String.value");
    }

    /** Whether the virtual machine writes a field, {@code pkg.Class.name}, or the elements of one, {@code pkg.Class.name[]}. */
    static boolean isWrittenByVm(String field) {
        return FIELDS.containsKey(field);
    }
}
