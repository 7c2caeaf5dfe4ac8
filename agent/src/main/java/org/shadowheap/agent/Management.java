package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jdk.internal.misc.Unsafe;

/**
 * Commands of the JVM as its management beans carry them out, without the beans: asking for the first of them loads a hundred classes, and
 * each class that is there when the agent starts is rewritten and mirrored.
 */
final class Management {

    private static final String MODULE = "jdk.management";
    private static final String PACKAGE = "com.sun.management.internal";

    private static boolean isOpen;

    private Management() {}

    /**
     * Opens to us what the others need, and loads its library. Once: the JVM's code for it links lambdas, anew in each session, whose
     * classes are never unloaded.
     */
    private static synchronized void open(Instrumentation instrumentation) throws ReflectiveOperationException {
        if (isOpen) {
            return;
        }
        Optional<Module> found = ModuleLayer.boot().findModule(MODULE);
        if (found.isEmpty()) {
            throw new ClassNotFoundException(MODULE);
        }
        Module module = found.get();
        instrumentation.redefineModule(
                module, Set.of(), Map.of(), Map.of(PACKAGE, Set.of(Management.class.getModule())), Set.of(), Map.of());
        Class.forName(PACKAGE + ".PlatformMBeanProviderImpl");
        isOpen = true;
    }

    /** Carries out a command of the JVM as {@code jcmd} would, and returns its answer. Throws if this JVM does not let us. */
    static String execute(Instrumentation instrumentation, String command) throws ReflectiveOperationException {
        open(instrumentation);
        Class<?> commands = Class.forName(PACKAGE + ".DiagnosticCommandImpl");
        Method execute = commands.getDeclaredMethod("executeDiagnosticCommand", String.class);
        execute.setAccessible(true);
        return String.valueOf(execute.invoke(Unsafe.getUnsafe().allocateInstance(commands), command));
    }
}
