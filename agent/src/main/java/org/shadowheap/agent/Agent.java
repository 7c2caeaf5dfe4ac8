package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of the JVM.
 *
 * <p>This class and {@link BootClasses} must not mention the boot-resident classes: they would be loaded from the jar
 * before they are defined in the boot loader.
 */
public final class Agent {

    private Agent() {}

    /** Called by the JVM before the program's main class. Never throws. */
    public static void premain(@Nullable String argument, Instrumentation instrumentation) {
        AgentOptions options;
        try {
            options = OptionParser.parse(argument);
        } catch (IllegalArgumentException wrong) {
            StandardError.line(String.valueOf(wrong.getMessage()));
            return;
        }
        try {
            ModuleAccess.grant(instrumentation, Agent.class.getModule());
            CompilerAdvice.give(instrumentation);
            List<Class<?>> defined = BootClasses.define(instrumentation);
            SessionStart.start(options, instrumentation, defined);
        } catch (IllegalArgumentException wrong) {
            // An option that only this JVM or its files could judge.
            StandardError.line(String.valueOf(wrong.getMessage()));
        } catch (Throwable failure) {
            StandardError.line("cannot start, the program runs without it: " + failure);
        }
    }
}
