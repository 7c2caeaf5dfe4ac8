package org.shadowheap.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A JVM of this user that can be attached to.
 *
 * @param version of its Java, as it calls it
 * @param hasSession whether a session of ours runs in it
 * @param program main class or jar
 */
public record RunningJvm(long pid, String version, boolean hasSession, String program) {

    /** All of them but this one, by process id. */
    public static List<RunningJvm> all() {
        List<RunningJvm> found = new ArrayList<>();
        for (VirtualMachineDescriptor each : VirtualMachine.list()) {
            if (!each.id().equals(Long.toString(ProcessHandle.current().pid()))) {
                add(each, found);
            }
        }
        found.sort(Comparator.comparingLong(RunningJvm::pid));
        return found;
    }

    /** One that ends meanwhile, or does not let us in, is no JVM that can be attached to. */
    private static void add(VirtualMachineDescriptor descriptor, List<RunningJvm> found) {
        try {
            VirtualMachine jvm = VirtualMachine.attach(descriptor);
            try {
                found.add(new RunningJvm(
                        Long.parseLong(descriptor.id()),
                        jvm.getSystemProperties().getProperty("java.version", "?"),
                        jvm.getAgentProperties().containsKey(Exchange.SESSION),
                        firstWord(descriptor.displayName())));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException | IOException unreachable) {
            // Left out: the list is of those that can be attached to.
        }
    }

    private static String firstWord(String command) {
        int space = command.indexOf(' ');
        String word = space < 0 ? command : command.substring(0, space);
        return word.isEmpty() ? "?" : word;
    }
}
