package org.shadowheap.agent;

/**
 * Classes of the JDK that the rest of the start needs, and the JVM to begin and end a program. They are loaded while rewritten classes are at
 * hand that an earlier run has kept: later each of them would be rewritten.
 */
final class NeededSoon {

    private static final String[] CLASSES = {
        "java.lang.Shutdown",
        "java.lang.Shutdown$Lock",
        "java.util.IdentityHashMap$KeyIterator",
        "java.util.TreeMap$KeyIterator",
        "java.util.concurrent.CancellationException",
        "java.util.concurrent.LinkedBlockingQueue$Node",
        "java.util.concurrent.LinkedBlockingQueue",
        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionNode",
        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
        "java.util.concurrent.locks.ReentrantLock$NonfairSync",
        "jdk.internal.foreign.MemorySessionImpl",
        "jdk.internal.loader.URLClassPath$FileLoader$1",
        "jdk.internal.misc.MethodFinder",
        "jdk.internal.misc.ScopedMemoryAccess$Scope",
        "jdk.internal.vm.TranslatedException",
        "jdk.internal.vm.VMSupport",
        "sun.launcher.LauncherHelper",
    };

    private NeededSoon() {}

    /** Loads them; initializes none. */
    static void load() {
        for (String name : CLASSES) {
            try {
                Class.forName(name, false, null);
            } catch (ClassNotFoundException | LinkageError otherJdk) {
                // It does without.
            }
        }
    }
}
