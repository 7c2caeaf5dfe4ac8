package org.shadowheap.agent;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.verify.Explanations;

/**
 * Frames that were on a stack when their methods were rewritten: they go on with the old code until they end, and what they store is not
 * seen. A worker's main loop may never end.
 *
 * <p>The JVM does not tell which code a frame runs. One is taken to be an old one as long as it, and all frames below it, are where
 * they were: a method that has ended and was called again from the same place is taken for old, too.
 */
final class RunningFrames {

    /** For class and method of every site, the fields that it stores to; once the heap is mirrored of those frames alone. */
    private final Map<String, Set<String>> storing = new ConcurrentHashMap<>();

    private final List<Frame> frames = new ArrayList<>();

    /** Whether all classes are rewritten that were loaded: of others no frame began before. */
    private volatile boolean isComplete;

    /**
     * A frame that ran.
     *
     * @param stack of its thread at that time, innermost first
     * @param index of the frame in it
     */
    private record Frame(WeakReference<Thread> thread, List<StackTraceElement> stack, int index) {

        StackTraceElement element() {
            return stack.get(index);
        }

        /** @param stacks of all threads, now */
        boolean isThere(Map<Thread, StackTraceElement[]> stacks) {
            Thread alive = thread.get();
            StackTraceElement[] now = alive == null ? null : stacks.get(alive);
            if (now == null) {
                return false;
            }
            int depth = stack.size() - index;
            if (now.length < depth) {
                return false;
            }
            for (int i = 1; i <= depth; i++) {
                StackTraceElement before = stack.get(stack.size() - i);
                StackTraceElement after = now[now.length - i];
                boolean isSame = before.getClassName().equals(after.getClassName())
                        && before.getMethodName().equals(after.getMethodName());
                if (!isSame || i < depth && before.getLineNumber() != after.getLineNumber()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Passes definitions on, and remembers in which methods there are sites. */
    DefinitionSink listening(DefinitionSink definitions) {
        return new DefinitionSink() {
            @Override
            public void site(SiteDefinition site) {
                if (!isComplete) {
                    add(site);
                }
                definitions.site(site);
            }

            private void add(SiteDefinition site) {
                storing.computeIfAbsent(site.className() + '.' + site.method(), name -> ConcurrentHashMap.newKeySet())
                        .add(Objects.requireNonNullElse(site.field(), Explanations.ELEMENTS));
            }

            @Override
            public void type(TypeDefinition type) {
                definitions.type(type);
            }

            @Override
            public void caller(CallerDefinition caller) {
                definitions.caller(caller);
            }
        };
    }

    /** Some classes have just been rewritten: remembers the frames that run their methods, which may have begun before. */
    void look(Set<String> classNames) {
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            List<StackTraceElement> stack = List.of(each.getValue());
            if (each.getKey() == Thread.currentThread()) {
                continue;
            }
            for (int i = 0; i < stack.size(); i++) {
                StackTraceElement frame = stack.get(i);
                if (classNames.contains(frame.getClassName()) && !frame.isNativeMethod() && isStoring(frame)) {
                    frames.add(new Frame(new WeakReference<>(each.getKey()), stack, i));
                }
            }
        }
    }

    /** The frames that are still there and whose methods store references: {@code pkg.Class.method (thread)}. */
    List<String> remaining() {
        removeThoseThatEnded();
        List<String> remaining = new ArrayList<>();
        for (Frame each : frames) {
            Thread thread = each.thread.get();
            remaining.add(name(each.element()) + " (" + (thread == null ? "ended" : thread.getName()) + ')');
        }
        return remaining;
    }

    /**
     * All classes are rewritten: returns the fields to which the frames that are still there may store, {@code pkg.Class.name}; {@link Explanations#ELEMENTS} for arrays,
     * and for whatever a call of Unsafe or of a handle names.
     */
    Set<String> stored() {
        removeThoseThatEnded();
        isComplete = true;
        Set<String> fields = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Frame each : frames) {
            names.add(name(each.element()));
            fields.addAll(storing.getOrDefault(name(each.element()), Set.of()));
        }
        storing.keySet().retainAll(names);
        return fields;
    }

    private void removeThoseThatEnded() {
        frames.removeIf(frame -> !isStoring(frame.element()));
        if (!frames.isEmpty()) {
            Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
            frames.removeIf(frame -> !frame.isThere(stacks));
        }
    }

    private boolean isStoring(StackTraceElement frame) {
        return storing.containsKey(name(frame));
    }

    private static String name(StackTraceElement frame) {
        return frame.getClassName() + '.' + frame.getMethodName();
    }
}
