package org.shadowheap.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * A running JVM that is asked something, by its process id. Whatever cannot be is an exception whose message is a line for the
 * user.
 */
public final class OtherJvm {

    private static final int OLDEST = 17;

    private OtherJvm() {}

    /**
     * Hands a request over, and returns the answer.
     *
     * @throws IOException with the reason if there is none
     */
    public static String ask(long pid, List<String> request) throws IOException {
        return ask(pid, request, line -> {});
    }

    /** Whether a session runs in a JVM. */
    public static boolean hasSession(long pid) throws IOException {
        VirtualMachine jvm = attach(pid);
        try {
            return jvm.getAgentProperties().containsKey(Exchange.SESSION);
        } finally {
            jvm.detach();
        }
    }

    /**
     * As {@link #ask(long, List)}.
     *
     * @param progress is told what the other JVM is doing, now and then, on a thread of its own
     * @throws IllegalArgumentException with the reason if the request is wrong
     */
    public static String ask(long pid, List<String> request, Consumer<String> progress) throws IOException {
        VirtualMachine jvm = attach(pid);
        try {
            requireVersion(pid, jvm.getSystemProperties());
            return ask(jvm, request, progress);
        } finally {
            jvm.detach();
        }
    }

    private static String ask(VirtualMachine jvm, List<String> request, Consumer<String> progress) throws IOException {
        Exchange exchange = Exchange.ask(request);
        Listener listener = new Listener(exchange, progress);
        try {
            jvm.loadAgent(jar().toString(), exchange.toString());
            return exchange.result();
        } catch (AgentLoadException | AgentInitializationException refused) {
            throw new IOException(
                    "the JVM does not load the agent, see -XX:+EnableDynamicAgentLoading and that it can read " + jar()
                            + ": " + refused.getMessage(),
                    refused);
        } finally {
            listener.close();
            exchange.remove();
        }
    }

    private static Path jar() throws IOException {
        try {
            return Path.of(OtherJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Connects; the JVM is signalled only if it is one, since other programs would be ended by the signal. */
    private static VirtualMachine attach(long pid) throws IOException {
        if (pid == ProcessHandle.current().pid()) {
            throw new IOException("that is this process itself: pid=" + pid);
        }
        ProcessHandle process =
                ProcessHandle.of(pid).orElseThrow(() -> new IOException("there is no such process: pid=" + pid));
        Optional<String> user = process.info().user();
        Optional<String> own = ProcessHandle.current().info().user();
        if (user.isPresent() && own.isPresent() && !user.equals(own)) {
            throw new IOException("the process belongs to another user: pid=" + pid + " user=" + user.get());
        }
        if (!isJvm(pid, process)) {
            throw new IOException("the process is no JVM that can be attached to: pid=" + pid);
        }
        try {
            return VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException refused) {
            throw new IOException(
                    "the JVM cannot be attached to, -XX:+DisableAttachMechanism is one reason: pid=" + pid, refused);
        }
    }

    private static boolean isJvm(long pid, ProcessHandle process) {
        for (VirtualMachineDescriptor each : VirtualMachine.list()) {
            if (each.id().equals(Long.toString(pid))) {
                return true;
            }
        }
        String command = process.info().command().orElse("");
        return command.endsWith("/java") || command.endsWith("\\java.exe");
    }

    private static void requireVersion(long pid, Properties properties) throws IOException {
        String version = properties.getProperty("java.specification.version", "0");
        if (version.startsWith("1.") || Integer.parseInt(version) < OLDEST) {
            throw new IOException(
                    "the JVM is too old, " + OLDEST + " is the oldest that works: pid=" + pid + " version=" + version);
        }
    }
}
