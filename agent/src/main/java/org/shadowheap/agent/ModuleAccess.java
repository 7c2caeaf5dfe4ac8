package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/** Opens to us what java.base does not export: no flag for the user, no warning. */
final class ModuleAccess {

    private ModuleAccess() {}

    /** Gives a module the packages that the agent needs; the agent's own module, or that of the boot-resident classes. */
    static void grant(Instrumentation instrumentation, Module module) {
        Set<Module> us = Set.of(module);
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(
                        "jdk.internal.misc", us,
                        "jdk.internal.access", us,
                        "jdk.internal.loader", us,
                        "jdk.internal.perf", us,
                        "jdk.internal.vm", us,
                        "jdk.internal.vm.annotation", us),
                Map.of("java.lang", us),
                Set.of(),
                Map.of());
    }

    /** Lets classes of java.base link to the boot-resident ones, which are in no named module. */
    static void letJavaBaseRead(Instrumentation instrumentation, Module module) {
        letRead(instrumentation, Object.class.getModule(), module);
    }

    /** Lets classes of a module link to those of another. */
    static void letRead(Instrumentation instrumentation, Module reader, Module module) {
        instrumentation.redefineModule(reader, Set.of(module), Map.of(), Map.of(), Set.of(), Map.of());
    }
}
