package org.shadowheap.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.attach.Exchange;

/**
 * Entry point of the JVM.
 *
 * <p>This class, {@link AttachRequest} and {@link BootClasses} must not mention the boot-resident classes: they would be loaded
 * from the jar before they are defined in the boot loader.
 */
public final class Agent {

    /** What is said where a session is needed. */
    static final String NO_SESSION = "no session runs in this JVM: start one with attach, or the JVM with -javaagent";

    /** The boot-resident classes, null until they are defined and may be mentioned. */
    private static volatile @Nullable List<Class<?>> bootClasses;

    private Agent() {}

    /** Called by the JVM before the program's main class. Never throws. */
    public static synchronized void premain(@Nullable String argument, Instrumentation instrumentation) {
        AgentOptions options;
        try {
            options = OptionParser.parse(argument);
        } catch (IllegalArgumentException wrong) {
            StandardError.line(String.valueOf(wrong.getMessage()));
            return;
        }
        try {
            SessionStart.start(options, instrumentation, defineBootClasses(instrumentation), null);
        } catch (IllegalArgumentException wrong) {
            // An option that only this JVM or its files could judge.
            StandardError.line(String.valueOf(wrong.getMessage()));
        } catch (Throwable failure) {
            StandardError.line("cannot start, the program runs without it: " + failure);
        }
    }

    /** Called by the JVM when another one hands a request over. The argument is the folder of the {@link Exchange}. Never throws. */
    public static synchronized void agentmain(@Nullable String argument, Instrumentation instrumentation) {
        try {
            Exchange exchange = Exchange.at(Path.of(String.valueOf(argument)));
            List<String> request = exchange.request();
            if (request.get(0).equals(AttachRequest.WORD)) {
                AttachRequest.answer(exchange, request, instrumentation);
            } else if (bootClasses != null) {
                Requests.answer(exchange, request);
            } else {
                exchange.refuse(NO_SESSION);
            }
        } catch (Throwable failure) {
            StandardError.line("a request could not be answered: " + failure);
        }
    }

    /** The boot-resident classes, which are defined now if they were not. */
    static List<Class<?>> defineBootClasses(Instrumentation instrumentation) throws Exception {
        List<Class<?>> defined = bootClasses;
        if (defined == null) {
            ModuleAccess.grant(instrumentation, Agent.class.getModule());
            CompilerAdvice.give(instrumentation);
            defined = BootClasses.define(instrumentation);
            bootClasses = defined;
        }
        return defined;
    }

    /** Whether the boot-resident classes may be mentioned. */
    static boolean isReady() {
        return bootClasses != null;
    }
}
