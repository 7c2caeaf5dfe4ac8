package org.shadowheap.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of this user that can be attached to.
 *
 * @param version of its Java, as it calls it; {@value #UNKNOWN} if it did not answer in time
 * @param session whether a session of ours runs in it: {@code yes}, {@code no} or {@value #UNKNOWN}
 * @param program main class or jar
 */
public record RunningJvm(long pid, String version, String session, String program) {

    private static final String UNKNOWN = "?";

    /** For all of them together. A JVM answers one command after the other, and one that is stopped none. */
    private static final long PATIENCE_MILLIS = 10_000;

    /** Asks a JVM. */
    interface Question {

        /** Its answer; null if it is none that can be attached to. Takes as long as the JVM does. */
        @Nullable
        RunningJvm ask(VirtualMachineDescriptor descriptor);
    }

    /** All of them but this one, by process id. */
    public static List<RunningJvm> all() {
        return answers(VirtualMachine.list(), RunningJvm::ask, PATIENCE_MILLIS);
    }

    /** Each is asked on a thread of its own, that ends when it answers, or with this JVM. */
    static List<RunningJvm> answers(
            List<VirtualMachineDescriptor> descriptors, Question question, long patienceMillis) {
        long begin = System.nanoTime();
        List<RunningJvm> unanswered = new ArrayList<>();
        List<FutureTask<@Nullable RunningJvm>> tasks = new ArrayList<>();
        for (VirtualMachineDescriptor each : descriptors) {
            long pid = Long.parseLong(each.id());
            if (pid != ProcessHandle.current().pid()) {
                unanswered.add(new RunningJvm(pid, UNKNOWN, UNKNOWN, firstWord(each.displayName())));
                tasks.add(new FutureTask<>(() -> question.ask(each)));
            }
        }
        for (FutureTask<@Nullable RunningJvm> each : tasks) {
            Thread thread = new Thread(each, "asks");
            thread.setDaemon(true);
            thread.start();
        }
        List<RunningJvm> found = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            long leftNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis) - (System.nanoTime() - begin);
            RunningJvm answer = answer(tasks.get(i), unanswered.get(i), Math.max(0, leftNanos));
            if (answer != null) {
                found.add(answer);
            }
        }
        found.sort(Comparator.comparingLong(RunningJvm::pid));
        return found;
    }

    private static @Nullable RunningJvm answer(
            FutureTask<@Nullable RunningJvm> task, RunningJvm unanswered, long patienceNanos) {
        try {
            return task.get(patienceNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            return unanswered;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return unanswered;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("asking a JVM failed: pid=" + unanswered.pid, failed.getCause());
        }
    }

    /** One that ends meanwhile, or does not let us in, is no JVM that can be attached to. */
    private static @Nullable RunningJvm ask(VirtualMachineDescriptor descriptor) {
        try {
            VirtualMachine jvm = VirtualMachine.attach(descriptor);
            try {
                return new RunningJvm(
                        Long.parseLong(descriptor.id()),
                        jvm.getSystemProperties().getProperty("java.version", UNKNOWN),
                        jvm.getAgentProperties().containsKey(Exchange.SESSION) ? "yes" : "no",
                        firstWord(descriptor.displayName()));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException | IOException unreachable) {
            return null; // the list is of those that can be attached to
        }
    }

    private static String firstWord(String command) {
        int space = command.indexOf(' ');
        String word = space < 0 ? command : command.substring(0, space);
        return word.isEmpty() ? UNKNOWN : word;
    }
}
