package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.attach.Exchange;

/**
 * Entry point of the JVM.
 *
 * <p>This class and {@link BootClasses} must not mention the boot-resident classes: they would be loaded from the jar
 * before they are defined in the boot loader.
 */
public final class Agent {

    /** What is said where a session is needed. */
    static final String NO_SESSION = "no session runs in this JVM, it was started without -javaagent";

    /** Whether the boot-resident classes are defined, and may be mentioned. */
    private static volatile boolean ready;

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
            ready = true;
            SessionStart.start(options, instrumentation, defined, false);
        } catch (IllegalArgumentException wrong) {
            // An option that only this JVM or its files could judge.
            StandardError.line(String.valueOf(wrong.getMessage()));
        } catch (Throwable failure) {
            StandardError.line("cannot start, the program runs without it: " + failure);
        }
    }

    /** Called by the JVM when another one hands a request over. The argument is the folder of the {@link Exchange}. Never throws. */
    public static void agentmain(@Nullable String argument, Instrumentation instrumentation) {
        try {
            Exchange exchange = Exchange.at(Path.of(String.valueOf(argument)));
            if (!ready && exchange.request().get(0).equals("attach")) {
                AgentOptions options = OptionParser.parse(exchange.request().get(1));
                ModuleAccess.grant(instrumentation, Agent.class.getModule());
                CompilerAdvice.give(instrumentation);
                List<Class<?>> defined = BootClasses.define(instrumentation);
                ready = true;
                SessionStart.start(options, instrumentation, defined, true);
                exchange.answer("a session runs\n");
            } else if (ready) {
                Requests.answer(exchange);
            } else {
                exchange.refuse(NO_SESSION);
            }
        } catch (Throwable failure) {
            StandardError.line("a request could not be answered: " + failure);
        }
    }
}
