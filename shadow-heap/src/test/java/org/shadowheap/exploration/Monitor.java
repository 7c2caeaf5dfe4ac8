package org.shadowheap.exploration;

import org.jspecify.annotations.Nullable;

/** A monitor: who leaves it releases what he knows to whoever enters it next. */
final class Monitor implements Target {

    private final String name;
    private final Clock released = new Clock(0);
    private @Nullable Clock holder;
    private int depth;

    Monitor(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    boolean isFreeFor(Clock thread) {
        return holder == null || holder == thread;
    }

    void enter(Clock thread) {
        holder = thread;
        depth++;
        thread.join(released);
    }

    void exit(Clock thread) {
        if (holder != thread) {
            throw new Violation(Violation.Kind.EXCEPTION, "left a monitor that it does not hold: " + name);
        }
        if (--depth == 0) {
            holder = null;
            released.join(thread);
        }
    }
}
