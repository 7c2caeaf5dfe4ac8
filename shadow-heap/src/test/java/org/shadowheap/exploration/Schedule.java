package org.shadowheap.exploration;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations of one execution in order, in print. */
final class Schedule {

    private static final String KERNEL = Schedule.class.getPackageName();

    private final List<String> lines = new ArrayList<>();

    /** The innermost frame of explored code. */
    String place() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(Schedule::isExplored)
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .findFirst()
                        .orElse(""));
    }

    private static boolean isExplored(StackFrame frame) {
        String name = frame.getClassName();
        return name.startsWith("org.shadowheap.")
                && !name.substring(0, name.lastIndexOf('.')).equals(KERNEL);
    }

    void add(String thread, Operation operation, @Nullable Object result, String place) {
        String value = switch (operation.action()) {
            case LOAD -> "-> " + text(result) + newest((Location) operation.target(), result);
            case STORE -> "<- " + text(operation.operand());
            case SWAP, OR -> "<- " + text(operation.operand()) + " -> " + text(result);
            case ENTER, EXIT -> "";
        };
        lines.add(String.format(
                "%3d %-10s %-28s %-26s %-20s %s",
                lines.size() + 1, thread, operation.name(), operation.target().name(), value, place));
    }

    private static String newest(Location location, @Nullable Object seen) {
        Object newest = location.newest();
        return Objects.equals(newest, seen) ? "" : ", newest is " + text(newest);
    }

    private static String text(@Nullable Object value) {
        if (value == null || value instanceof Number) {
            return String.valueOf(value);
        }
        return value.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
